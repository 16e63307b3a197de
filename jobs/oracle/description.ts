import { z } from 'zod';

export interface DescribedAttribute {
  name: string;
  type: string;
  queryable: boolean;
}

export interface Description {
  attributes: DescribedAttribute[];
  finders: { name: string; variables: string[] }[];
}

// What no database column can hold is no name of an attribute either.
const word = z
  .string()
  .min(1)
  .max(300)
  .refine((text) => text.isWellFormed() && !text.includes('\0'));
const named = z.object({ name: word });

// Attributes lie under Resources.opportunities, not at the top (Oracle's documentation of describe).
const schema = z.object({
  Resources: z.object({
    opportunities: z.object({
      attributes: z
        .array(z.object({ name: word, type: word, queryable: z.boolean().optional() }))
        .min(1),
      collection: z
        .object({
          finders: z.array(named.extend({ attributes: z.array(named).optional() })).optional(),
        })
        .optional(),
    }),
  }),
});

/** Reads what `describe` answers. Throws SyntaxError where the text is no description of opportunities. */
export function readDescription(text: string): Description {
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new SyntaxError('no description of opportunities');
  const { attributes, collection } = parsed.data.Resources.opportunities;
  return {
    attributes: attributes.map(({ queryable = false, ...rest }) => ({ ...rest, queryable })),
    finders: (collection?.finders ?? []).map(({ name, attributes: variables }) => ({
      name,
      variables: (variables ?? []).map((variable) => variable.name),
    })),
  };
}
