/** How better-auth meets the provider of single sign-on. */

export const providerId = 'oidc';

/** The person as the provider vouches for it. */
export interface ProviderClaims {
  sub: string;
  name: string;
  email: string | null;
  emailVerified: boolean;
}

/** An OpenID Connect provider, made in `jobs`, where the calls to the outside stand. */
export interface Provider {
  authorizeUrl(wish: {
    state: string;
    codeVerifier: string;
    nonce: string;
    redirectUri: string;
  }): Promise<URL>;
  exchange(answer: {
    code: string;
    codeVerifier: string;
    redirectUri: string;
  }): Promise<{ idToken: string; accessToken: string }>;
  /** Null: the token does not hold. */
  claims(
    tokens: { idToken: string; accessToken: string },
    nonce: string,
  ): Promise<ProviderClaims | null>;
}

/** Registers the provider as better-auth's own do, with the nonce bound to the browser's state. */
export const providerPlugin = (provider: Provider) => ({
  id: 'loopwright-oidc',
  init: () => ({
    context: {
      socialProviders: [
        {
          id: providerId,
          name: providerId,
          requiresIdTokenNonce: true,
          accountSubject: ({ profile }: { profile: object }) => (profile as ProviderClaims).sub,
          createAuthorizationURL: (data: {
            state: string;
            codeVerifier: string;
            redirectURI: string;
            idTokenNonce?: string | undefined;
          }) =>
            provider.authorizeUrl({
              state: data.state,
              codeVerifier: data.codeVerifier,
              nonce: data.idTokenNonce ?? '',
              redirectUri: data.redirectURI,
            }),
          validateAuthorizationCode: (data: {
            code: string;
            redirectURI: string;
            codeVerifier?: string | undefined;
          }) =>
            provider.exchange({
              code: data.code,
              codeVerifier: data.codeVerifier ?? '',
              redirectUri: data.redirectURI,
            }),
          async getUserInfo(tokens: {
            idToken?: string | undefined;
            accessToken?: string | undefined;
            expectedIdTokenNonce?: string | undefined;
          }) {
            const { idToken = '', accessToken = '', expectedIdTokenNonce: nonce = '' } = tokens;
            const claims =
              nonce === '' ? null : await provider.claims({ idToken, accessToken }, nonce);
            if (!claims) return null;
            const { name, email, emailVerified } = claims;
            return { user: { name, email, emailVerified }, data: claims };
          },
        },
      ],
    },
  }),
});
