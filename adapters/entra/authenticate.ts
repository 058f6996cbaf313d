// Validates access tokens (SPEC §7): signature, algorithm, issuer, audience and time, with `jose`;
// loaded when the first token comes.
import type { JWTPayload } from 'jose';
import type { Authenticate } from '../../application/ports.ts';
import type { RefusedToken, SignIn } from '../../domain/sign-in.ts';
import { type Caller, ROLES } from '../../domain/access.ts';
import type { IdentityConfig } from '../config.ts';
import { type KeyPorts, signingKeys } from './signing-keys.ts';

/** Signatures by a private key only: with a shared secret the public key would be one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
];
/** Seconds by which clocks may differ. */
export const CLOCK_TOLERANCE = 60;

export type AuthenticatePorts = KeyPorts & {
  /** Real time in milliseconds since 1970, whatever the business clock says. */
  readonly now: () => number;
};

/** Tells who a token is about, or why it is refused. Throws Unavailable when nobody can tell. */
export function authenticator(config: IdentityConfig, ports: AuthenticatePorts): Authenticate {
  const findKey = signingKeys(config, ports);
  return async (token): Promise<SignIn> => {
    const { jwtVerify } = await import('jose');
    try {
      const { payload } = await jwtVerify(token, findKey, {
        issuer: config.issuer,
        audience: config.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE,
        currentDate: new Date(ports.now()),
        requiredClaims: ['exp'],
      });
      const caller = callerOf(payload);
      return caller === null
        ? { kind: 'refused', reason: 'claims' }
        : { kind: 'signed-in', caller };
    } catch (error) {
      const reason = await reasonOf(error);
      if (reason === null) throw error;
      return { kind: 'refused', reason };
    }
  };
}

/** Null for a token about nobody. Roles that are not ours are left out. */
function callerOf({ oid, sub, upn, preferred_username, name, roles }: JWTPayload): Caller | null {
  const user = textOrNull(oid) ?? textOrNull(sub);
  if (user === null) return null;
  const granted: readonly unknown[] = Array.isArray(roles) ? roles : [];
  return {
    user,
    principalName: textOrNull(upn) ?? textOrNull(preferred_username),
    name: textOrNull(name),
    roles: ROLES.filter((role) => granted.includes(role)),
  };
}

function textOrNull(claim: unknown): string | null {
  return typeof claim === 'string' && claim !== '' ? claim : null;
}

/** Why a token is refused; null for an error that is not the token's. */
async function reasonOf(error: unknown): Promise<RefusedToken | null> {
  const { errors } = await import('jose');
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    switch (error.claim) {
      case 'iss':
        return 'issuer';
      case 'aud':
        return 'audience';
      case 'nbf':
        return 'not-yet-valid';
      default:
        return 'claims';
    }
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  ) {
    return 'signature';
  }
  return error instanceof errors.JOSEError ? 'malformed' : null;
}
