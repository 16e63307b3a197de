import { constants, setPriority } from 'node:os';

/**
 * Lets people go first: where the worker shares a machine with the web process, a page is answered before a
 * sweep goes on. A machine with nothing else to do gives the worker all it has.
 */
export function stepBack(): void {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
