import { type Condition, type Operator } from './query.ts';
import { literalValue, type Catalogue } from './predicate.ts';

/** What an index answers of a filter; `rest` is what must be tested row by row, null for nothing. */
export interface Bounds {
  /** OptyId lies above this one; null where it is not bounded below. */
  idAbove: bigint | null;
  idUpTo: bigint | null;
  /** LastUpdateDate in microseconds, both ends included. */
  updatedFrom: number;
  updatedTo: number;
  rest: Condition | null;
}

export function unbounded(): Bounds {
  return { idAbove: null, idUpTo: null, updatedFrom: -Infinity, updatedTo: Infinity, rest: null };
}

/** Splits off the ranges of OptyId and LastUpdateDate that hold for the filter as a whole. */
export function boundsOf(condition: Condition, catalogue: Catalogue): Bounds {
  const bounds = unbounded();
  const rest = conjuncts(condition).filter((part) => !absorbed(bounds, part, catalogue));
  if (rest.length > 0) bounds.rest = { kind: 'and', parts: rest };
  return bounds;
}

function conjuncts(condition: Condition): Condition[] {
  return condition.kind === 'and' ? condition.parts.flatMap(conjuncts) : [condition];
}

function absorbed(bounds: Bounds, part: Condition, catalogue: Catalogue): boolean {
  if (part.kind !== 'compare' || part.operator === '!=') return false;
  const attribute = catalogue.get(part.attribute.name);
  if (attribute?.name === 'OptyId') {
    return narrowIds(bounds, part.operator, literalValue(attribute, part.value) as bigint);
  }
  if (attribute?.name === 'LastUpdateDate') {
    return narrowUpdates(bounds, part.operator, literalValue(attribute, part.value) as number);
  }
  return false;
}

function narrowIds(bounds: Bounds, operator: Operator, id: bigint): true {
  const above = operator === '>' ? id : operator === '>=' || operator === '=' ? id - 1n : null;
  const upTo = operator === '<' ? id - 1n : operator === '<=' || operator === '=' ? id : null;
  if (above !== null && (bounds.idAbove === null || above > bounds.idAbove)) bounds.idAbove = above;
  if (upTo !== null && (bounds.idUpTo === null || upTo < bounds.idUpTo)) bounds.idUpTo = upTo;
  return true;
}

// Stamps are whole microseconds, so an open end is the next microsecond.
function narrowUpdates(bounds: Bounds, operator: Operator, micros: number): true {
  if (operator === '>') bounds.updatedFrom = Math.max(bounds.updatedFrom, micros + 1);
  if (operator === '>=' || operator === '=')
    bounds.updatedFrom = Math.max(bounds.updatedFrom, micros);
  if (operator === '<') bounds.updatedTo = Math.min(bounds.updatedTo, micros - 1);
  if (operator === '<=' || operator === '=') bounds.updatedTo = Math.min(bounds.updatedTo, micros);
  return true;
}
