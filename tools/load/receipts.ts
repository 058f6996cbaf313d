// Decodes the answer to a posted chunk (SPEC 2.2). Fields this loader does not need are ignored.
import { z } from 'zod';
import type { Totals } from './totals.ts';

const receipt = z.object({
  index: z.int().nonnegative(),
  status: z.string(),
  code: z.string().optional(),
  pointer: z.string().optional(),
  detail: z.string().optional(),
});

const answer = z.object({
  accepted: z.int().nonnegative(),
  duplicateInRequest: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
  receipts: z.array(receipt),
});

/** Why one change of a chunk was not taken; `index` is its place in the chunk, from 0. */
export type Rejection = {
  readonly index: number;
  readonly code: string | null;
  readonly pointer: string | null;
  readonly detail: string | null;
};

export type Receipts = { readonly totals: Totals; readonly rejections: readonly Rejection[] };

/** The receipts in the body of a 202; null when it is anything else. */
export function receiptsOf(body: unknown): Receipts | null {
  const decoded = answer.safeParse(body);
  if (!decoded.success) return null;
  const { accepted, duplicateInRequest, rejected, receipts } = decoded.data;
  return {
    totals: { accepted, duplicates: duplicateInRequest, rejected },
    rejections: receipts
      .filter(({ status }) => status === 'rejected')
      .map(({ index, code, pointer, detail }) => ({
        index,
        code: code ?? null,
        pointer: pointer ?? null,
        detail: detail ?? null,
      })),
  };
}
