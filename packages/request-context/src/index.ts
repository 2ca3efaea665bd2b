export { currentContext, requestContext, requireContext } from './request-context';
