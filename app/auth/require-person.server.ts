import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import type { Viewer } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { findPerson, type PersonDetail } from '#app/models/person.server.ts';
import { requirePermission } from './guard.server.ts';

/** A manager and the person that the address names. Throws 404 where there is none. */
export async function requirePerson(
  args: LoaderFunctionArgs | ActionFunctionArgs,
): Promise<{ viewer: Viewer; person: PersonDetail }> {
  const { viewer } = await requirePermission(args, 'manage:roles');
  const id = z.guid().safeParse(args.params.id);
  const person = id.success ? await findPerson(db, id.data) : null;
  if (person) return { viewer, person };
  throw new Response('There is no such person in BQS.', { status: 404 });
}
