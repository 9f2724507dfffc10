/**
 * Checks bodies against Ashby's published OpenAPI text, for the tests of emulator and client. The
 * file is not part of the repository; without it these tests are skipped.
 *
 * Where recorded answers differ from the text, the difference stands here as data.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { default as formats } from 'ajv-formats';
import { parse } from 'yaml';

export interface Contract {
  /** Whether the text knows the endpoint at all. */
  knows(endpoint: string): boolean;
  /** Each returns the faults found; empty is good. Endpoints read `candidate.info`. */
  checkRequest(endpoint: string, body: unknown): string[];
  checkResponse(endpoint: string, body: unknown): string[];
  checkWebhook(action: string, body: unknown): string[];
}

/** [rec] Declared as never null, yet null in recorded answers. */
const nullable = new Set([
  'source',
  'creditedToUser',
  'archiveReason',
  'appliedViaJobPostingId',
  'submitterClientIp',
  'submitterUserAgent',
  'interviewStageGroupId',
  'actorId',
  'timezone',
  'fraudStatus',
  'instructionsHtml',
  'instructionsPlain',
  'customRequisitionId',
  'openedAt',
  'closedAt',
]);

/** [rec] These answer with a stage of which only id, or id and title, are told. */
const partialStage = new Set(['application.create', 'application.update']);
const stageFiller = { title: '', type: '', orderInInterviewPlan: 0 };

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce((inner, name) => (isObject(inner) ? inner[name] : undefined), value);

/** A copy without the nulls that recordings allow. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => inner !== null || !nullable.has(name))
      .map(([name, inner]) => [name, withoutNulls(inner)]),
  );
};

/** The application with its partial stage filled up, so that the rest can be checked. */
const withStage = (body: unknown): unknown => {
  const results = at(body, 'results');
  const stage = at(results, 'currentInterviewStage');
  if (!isObject(body) || !isObject(results) || !isObject(stage)) return body;
  const filled = { ...stageFiller, interviewPlanId: stage['id'], ...stage };
  return { ...body, results: { ...results, currentInterviewStage: filled } };
};

/** The contract, or the reason why there is none. Give it the environment of the tests. */
export const openContract = (
  env: Readonly<Record<string, string | undefined>>,
): Contract | string => {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const folder = env['LOOPWRIGHT_CONTRACTS'] ?? resolve(root, '../shared/contracts');
  const file = join(folder, 'ashby.openapi.yml');
  if (!existsSync(file))
    return 'Ashby’s OpenAPI file is not here. Set LOOPWRIGHT_CONTRACTS to the folder that holds ashby.openapi.yml.';
  return readContract(parse(readFileSync(file, 'utf8')) as Json);
};

const readContract = (document: Json): Contract => {
  mendLocation(document);
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true, logger: false });
  formats.default(ajv);
  ajv.addSchema(document, 'ashby');
  const compiled = new Map<string, ValidateFunction>();

  const check = (pointer: string[], body: unknown): string[] => {
    const path = pointer.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
    const validate = compiled.get(path) ?? ajv.compile({ $ref: `ashby#/${path}` });
    compiled.set(path, validate);
    if (validate(body)) return [];
    return (validate.errors ?? []).map((fault) => `${fault.instancePath} ${fault.message ?? ''}`);
  };

  const requestOf = (endpoint: string): string[] => [
    'paths',
    `/${endpoint}`,
    'post',
    'requestBody',
    'content',
    'application/json',
    'schema',
  ];
  const responseOf = (endpoint: string): string[] => [
    'paths',
    `/${endpoint}`,
    'post',
    'responses',
    '200',
    'content',
    'application/json',
    'schema',
  ];

  return {
    knows: (endpoint) => at(document, 'paths', `/${endpoint}`) !== undefined,
    checkRequest(endpoint, body) {
      if (at(document, ...requestOf(endpoint)) === undefined) return [];
      const status = at(body, 'status');
      // [code] One string in the text; newer clients send several, and Ashby takes them.
      if (endpoint === 'application.list' && isObject(body) && Array.isArray(status))
        return status.flatMap((one: unknown) =>
          check(requestOf(endpoint), { ...body, status: one }),
        );
      return check(requestOf(endpoint), body);
    },
    checkResponse(endpoint, body) {
      const filled = partialStage.has(endpoint) ? withStage(body) : body;
      // `success` tells the branch: where `results` is optional, a failure would fit both.
      const branch = at(body, 'success') === true ? '0' : '1';
      const twoSuccesses = endpoint === 'hiringTeamRole.list';
      return check(
        [...responseOf(endpoint), ...(twoSuccesses ? [] : ['oneOf', branch])],
        withoutNulls(filled),
      );
    },
    checkWebhook: (action, body) =>
      check(
        ['webhooks', action, 'post', 'requestBody', 'content', 'application/json', 'schema'],
        withoutNulls(body),
      ),
  };
};

/** The text has a literal `$ref` among the properties of `candidate.update`'s location. */
const mendLocation = (document: Json): void => {
  const locationOf = (endpoint: string): unknown =>
    at(
      document,
      'paths',
      `/${endpoint}`,
      'post',
      'requestBody',
      'content',
      'application/json',
      'schema',
      'properties',
      'location',
    );
  const broken = locationOf('candidate.update');
  if (isObject(broken)) broken['properties'] = at(locationOf('candidate.create'), 'properties');
};
