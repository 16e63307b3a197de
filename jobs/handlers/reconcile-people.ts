import { reconcilePeople } from '#app/services/reconcile-people.server.ts';

/** A comparison that Ory did not let come to an end; the queue tries again. */
class CheckFailed extends Error {}

/** Compares the people with the identities in Ory, every night. */
export async function handleReconcile(): Promise<void> {
  const { outcome, message } = await reconcilePeople(null);
  if (outcome === 'FAILED') throw new CheckFailed(message);
}
