import type { ClientBase } from 'pg';

/** Does it all or nothing, and answers what it answers. */
export async function transaction<T>(client: ClientBase, act: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const answer = await act();
    await client.query('COMMIT');
    return answer;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
