/** Refusals in the shape of GraphQL; the codes are Apollo's, since the vendor documents none. */
import { GraphQLError } from 'graphql';

export type RefusalCode =
  'BAD_USER_INPUT' | 'NOT_FOUND' | 'FORBIDDEN' | 'RATE_LIMITED' | 'NOT_EMULATED';

export const refuse = (code: RefusalCode, message: string): never => {
  throw new GraphQLError(message, { extensions: { code } });
};
