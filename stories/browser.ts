/** What a browser does that a key does not: it keeps cookies, and says where a request comes from. */
import assert from 'node:assert/strict';

export interface Page<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
  text: string;
}

export interface Browser {
  /** By name; a cookie that was taken away is gone. */
  cookies: Map<string, string>;
  /** The last `Set-Cookie` headers, whole. */
  set: string[];
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Page<T>>;
  /** Follows a link without leaving for another site: the answer may be a redirect. */
  open(url: string): Promise<Page>;
}

/** `origin`: where the pages of the hub are, as the browser sees it. */
export const openBrowser = (url: string, origin: string = url, agent = firefox): Browser => {
  const browser: Browser = {
    cookies: new Map(),
    set: [],
    call: async <T>(
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<Page<T>> => {
      const response = await fetch(url + path, {
        method,
        redirect: 'manual',
        headers: {
          'user-agent': agent,
          ...(browser.cookies.size === 0
            ? {}
            : {
                cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
              }),
          ...(method === 'GET' ? {} : { origin, 'sec-fetch-site': 'same-origin' }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      browser.set = response.headers.getSetCookie();
      for (const cookie of browser.set) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === '' || /max-age=0\b/i.test(cookie)) browser.cookies.delete(name);
        else browser.cookies.set(name, value);
      }
      const text = await response.text();
      const isJson = (response.headers.get('content-type') ?? '').includes('json');
      const parsed = (isJson ? JSON.parse(text) : {}) as T;
      return { status: response.status, headers: response.headers, body: parsed, text };
    },
    open: (link) => {
      const { pathname, search } = new URL(link, url);
      return browser.call('GET', pathname + search);
    },
  };
  return browser;
};

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Asserts a problem document. */
export const refused = (page: Page, status: number, code: string): void => {
  assert.deepEqual([page.status, page.body['code']], [status, code], page.text);
};

/** Asserts a good answer and gives its body. */
export const good = <T>(page: Page<T>, status = 200): T => {
  assert.equal(page.status, status, page.text);
  return page.body;
};

export const session = (browser: Browser) => browser.call('GET', '/api/v1/session');

export const signIn = (browser: Browser, email: string, password: string) =>
  browser.call('POST', '/api/v1/sign-in', { email, password });

/** The token of the one-time link in a text; empty: there is none. */
export const tokenIn = (text: string): string =>
  /\/(?:setup|invitation|reset)\/([\w-]{32})/.exec(text)?.[1] ?? '';
