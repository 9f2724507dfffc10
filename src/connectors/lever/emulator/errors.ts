/** Lever's refusals. Codes other than those marked in the contract are [inferred]. */

/** Thrown by routes; becomes `{code, message}` without a wrapper. */
export class ApiError extends Error {
  readonly status: 400 | 401 | 403 | 404;
  readonly code: string;
  constructor(status: 400 | 401 | 403 | 404, code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

export const badRequest = (message: string): ApiError =>
  new ApiError(400, 'BadRequestError', message);

export const notFound = (what: string, id: string): ApiError =>
  new ApiError(404, 'ResourceNotFound', `${what} ${id} was not found`);

const codes: Record<number, readonly [code: string, message: string]> = {
  401: ['Unauthorized', 'The API key or access token is not valid'],
  403: ['Forbidden', 'Access to this resource is not allowed'],
  404: ['NotFoundError', 'This route does not exist'],
  429: ['TooManyRequests', 'Rate limit exceeded'],
  500: ['InternalServerError', 'Something went wrong'],
  503: ['ServiceUnavailable', 'The service is not available'],
};

/** Body for refusals that no route makes: faults, the rate limit, unknown routes. */
export const errorBody = (status: number): Response => {
  const [code, message] = codes[status] ?? ['Error', 'The request failed'];
  return Response.json({ code, message }, { status });
};
