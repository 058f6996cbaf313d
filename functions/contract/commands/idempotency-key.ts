// The header `Idempotency-Key` that every command needs (SPEC §5).
import type { ApiRequest } from '../../http.ts';
import type { Read } from './request.ts';
import { invalid } from '../query.ts';

export const IDEMPOTENCY_HEADER = 'idempotency-key';

/** Characters of a key; a UUID has 36. */
export const IDEMPOTENCY_KEY_LENGTH_MAX = 255;

/** The key of a request, whatever a client makes it of. */
export function readIdempotencyKey(request: Pick<ApiRequest, 'header'>): Read<string> {
  const key = request.header(IDEMPOTENCY_HEADER)?.trim() ?? '';
  if (key === '') return { problem: { kind: 'idempotency-key-missing' } };
  if (key.length <= IDEMPOTENCY_KEY_LENGTH_MAX && /^[!-~ ]+$/.test(key)) return { value: key };
  return invalid('Idempotency-Key', 'Idempotency-Key is a short text of your own making.', [
    `1 to ${IDEMPOTENCY_KEY_LENGTH_MAX} printable ASCII characters`,
  ]);
}
