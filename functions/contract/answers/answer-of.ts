// The type of an answer by its schema. The functions that make answers state it as what they give,
// so that neither can change without the other. Types are all the running app takes of the schemas:
// they describe, and are not in the bundle.
import type * as z from 'zod';

/** What a schema describes, read-only. */
export type AnswerOf<S extends z.ZodType> = Immutable<z.output<S>>;

type Immutable<T> = T extends readonly (infer Element)[]
  ? readonly Immutable<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;
