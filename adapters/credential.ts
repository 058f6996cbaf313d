// The managed identity, loaded only when a token is asked for: local connection strings need none.
import type { TokenCredential } from '@azure/identity';

/** A credential for the platform's identity; `clientId` names a user-assigned one. */
export function platformCredential(clientId: string | null): TokenCredential {
  let credential: Promise<TokenCredential> | null = null;
  return {
    async getToken(scopes, options) {
      credential ??= load(clientId);
      return (await credential).getToken(scopes, options);
    },
  };
}

async function load(clientId: string | null): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential(clientId === null ? {} : { managedIdentityClientId: clientId });
}
