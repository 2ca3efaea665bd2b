export { openapiScalar } from './openapi-scalar';
export type { OpenapiScalarOptions, ScalarSettings } from './openapi-scalar-options';
