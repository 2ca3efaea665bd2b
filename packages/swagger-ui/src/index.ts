export { swaggerUi } from './swagger-ui';
export type { OAuthOptions, SwaggerUiOptions, SwaggerUiSettings } from './swagger-ui-options';
