/** The five ranges of a rating that have reasons of their own, by the half-steps they end below. */
export const reasonBands = [
  { key: 'critical', below: 3, label: 'below 1.5' },
  { key: 'low', below: 5, label: '1.5 to 2' },
  { key: 'average', below: 7, label: '2.5 to 3' },
  { key: 'high', below: 9, label: '3.5 to 4' },
  { key: 'exceptional', below: 11, label: '4.5 and above' },
] as const;
export type ReasonBand = (typeof reasonBands)[number]['key'];

/** The range whose reasons fit a rating. */
export function reasonBandOf(rating: number): ReasonBand {
  return reasonBands.find(({ below }) => rating < below)?.key ?? 'exceptional';
}
