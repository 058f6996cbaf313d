// The syntax tree of the supported query language. Types only.
import type { Json, Path } from './json.ts';

/** A property of the document, or a constant; parameters are constants by the time they are here. */
export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'constant'; readonly value: Json };

/** A comparison operator; `!=` stands for `<>` too. */
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A condition of WHERE. Its value is true, false or undefined; only true selects a document. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Condition[] }
  | { readonly kind: 'not'; readonly operand: Condition }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Operand;
      readonly right: Operand;
    }
  /** IN: the OR of its equalities. */
  | { readonly kind: 'in'; readonly operand: Operand; readonly candidates: readonly Json[] }
  /** ARRAY_CONTAINS(constant array, operand): never undefined where the operand is defined. */
  | { readonly kind: 'contained'; readonly operand: Operand; readonly elements: readonly Json[] }
  | { readonly kind: 'starts-with'; readonly operand: Operand; readonly prefix: Json }
  | { readonly kind: 'is-defined'; readonly operand: Operand }
  | { readonly kind: 'is-null'; readonly operand: Operand }
  /** An operand used as a condition: true if it is true, false if it is false. */
  | { readonly kind: 'truth'; readonly operand: Operand };

/** An aggregate function. */
export type AggregateFunction = 'COUNT' | 'SUM' | 'MIN' | 'MAX';

/** What a query returns for the documents selected. */
export type Selection =
  | { readonly kind: 'document' }
  | {
      readonly kind: 'properties';
      readonly properties: readonly { readonly name: string; readonly path: Path }[];
    }
  | { readonly kind: 'value'; readonly operand: Operand }
  | {
      readonly kind: 'aggregate';
      readonly function: AggregateFunction;
      readonly operand: Operand;
    };

/** One path of ORDER BY. */
export type OrderPath = { readonly path: Path; readonly descending: boolean };

/** A query with its parameters filled in. */
export type Query = {
  readonly selection: Selection;
  readonly where?: Condition;
  readonly orderBy: readonly OrderPath[];
  readonly offset: number;
  /** Most documents in all pages together, from TOP or LIMIT. */
  readonly limit?: number;
};
