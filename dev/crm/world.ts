import { attributes } from './attributes.ts';
import { firstNames, geographies, lastNames, sectors, stems } from './names.ts';
import { pick, pickWeighted, type Random } from './random.ts';

export interface Account {
  id: bigint;
  name: string;
  sector: string;
  geography: (typeof geographies)[number];
  region: string;
  contact: string | null;
}

export interface Owner {
  id: bigint;
  number: string;
  name: string;
  email: string;
}

/** The accounts and people a pipeline is about. */
export interface World {
  accounts: Account[];
  /** The first is Sam Sales, who is also who the integration user is. */
  owners: Owner[];
  customFields: boolean;
  /** Names of the attributes records carry. */
  names: Set<string>;
}

export const samSales = 'sales@example.test';

/** Draws a world: some three hundred accounts and half a hundred owners. */
export function drawWorld(random: Random, customFields: boolean): World {
  return {
    accounts: drawAccounts(random),
    owners: drawOwners(random),
    customFields,
    names: new Set(attributes(customFields).map(({ name }) => name)),
  };
}

function drawAccounts(random: Random): Account[] {
  const accounts: Account[] = [];
  for (const stem of stems) {
    for (const sector of sectors) {
      const geography = pickWeighted(
        random,
        geographies.map((each) => [each, each.weight] as const),
      );
      const contact = `${pick(random, firstNames)} ${pick(random, lastNames)}`;
      accounts.push({
        id: 300003100000000n + BigInt(accounts.length * 137),
        name: `${stem.replace('-', ' ')} ${pick(random, sector.endings)}`,
        sector: sector.name,
        geography,
        region: pick(random, geography.regions),
        contact: random() < 0.7 ? contact : null,
      });
    }
  }
  return accounts;
}

function drawOwners(random: Random): Owner[] {
  const owners: Owner[] = [
    { id: 300003000000001n, number: '10001', name: 'Sam Sales', email: samSales },
  ];
  for (const [place, first] of [...firstNames, ...firstNames].entries()) {
    const last = lastNames[(place * 5 + Math.floor(place / 24) * 7) % lastNames.length]!;
    owners.push({
      id: 300003000000001n + BigInt(place + 1) * 41n,
      number: String(10002 + place),
      name: `${first} ${last}`,
      email: `${first}.${last}@example.test`.toLowerCase(),
    });
  }
  // Who sells most varies by seed; Sam's share stays what it is.
  const [sam, ...others] = owners;
  return [sam!, ...others.sort(() => random() - 0.5)];
}
