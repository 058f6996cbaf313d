// SHA-256 in hexadecimal: what decides between two contents of one version (SPEC §2.1).
import { createHash } from 'node:crypto';
import type { Hash } from '../domain/record.ts';

export const sha256: Hash = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
