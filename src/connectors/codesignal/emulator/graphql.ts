/**
 * The one endpoint, `POST /graphql`: the vendor's own schema executed by graphql-js, so that unknown
 * fields, wrong types and missing arguments are refused as CodeSignal would refuse them. What is in
 * the schema and not played here says so.
 */
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  execute,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
} from 'graphql';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import type { Interviews } from './interviews.ts';
import { createRateLimit, overLimit } from './limits.ts';
import { createOperations } from './operations.ts';
import type { Sessions } from './sessions.ts';
import type { ApiKey } from './state.ts';

export const schema = buildSchema(
  readFileSync(new URL('codesignal.graphql', import.meta.url), 'utf8'),
);

const requestBody = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** Before anything is executed Apollo answers 400 [inferred]; an error while executing is a 200. */
const refused = (c: Context, code: string, messages: readonly string[]): Response =>
  c.json({ errors: messages.map((message) => ({ message, extensions: { code } })) }, 400);

export const createGraphql = (setup: {
  options: EmulatorOptions;
  interviews: Interviews;
  sessions: Sessions;
  keyOf: (c: Context) => ApiKey | undefined;
}): Hono => {
  const app = new Hono();
  const operationsFor = createOperations({
    interviews: setup.interviews,
    sessions: setup.sessions,
    limitRate: createRateLimit(setup.options),
  });

  app.post('/graphql', async (c) => {
    const key = setup.keyOf(c);
    if (!key)
      return c.json(
        { errors: [{ message: 'Unauthorized', extensions: { code: 'UNAUTHENTICATED' } }] },
        401,
      );
    const body = requestBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) return refused(c, 'BAD_REQUEST', ['POST body is not a GraphQL request']);
    const { query, operationName } = body.data;
    const variables = body.data.variables ?? {};
    let document: DocumentNode;
    try {
      document = parse(query);
    } catch (thrown) {
      if (!(thrown instanceof GraphQLError)) throw thrown;
      return refused(c, 'GRAPHQL_PARSE_FAILED', [thrown.message]);
    }
    const mistakes = validate(schema, document).map((one) => one.message);
    if (mistakes.length > 0) return refused(c, 'GRAPHQL_VALIDATION_FAILED', mistakes);
    const tooMuch = overLimit(schema, document, variables);
    if (tooMuch !== null) return refused(c, 'GRAPHQL_VALIDATION_FAILED', [tooMuch]);
    const result: ExecutionResult = await execute({
      schema,
      document,
      rootValue: operationsFor(key),
      variableValues: variables,
      operationName: operationName ?? null,
    });
    // Nothing was executed: the variables do not fit.
    if (!('data' in result))
      return refused(c, 'BAD_USER_INPUT', result.errors?.map((one) => one.message) ?? []);
    return c.json(result, 200);
  });

  return app;
};
