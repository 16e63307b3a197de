/** Word lists of an invented IT services company. No person or company here exists. */

export const practices: readonly { name: string; weight: number; deals: readonly string[] }[] = [
  {
    name: 'Cloud & Infrastructure',
    weight: 24,
    deals: [
      'Data centre exit, phase {n}',
      'Landing zone and migration factory',
      'Hybrid cloud platform build',
      'Disaster recovery as a service',
      'Network modernisation, {n} sites',
      'Virtual desktop refresh',
      'Kubernetes platform for core services',
      'Storage consolidation',
    ],
  },
  {
    name: 'Data & AI',
    weight: 20,
    deals: [
      'Enterprise data platform',
      'Customer 360 and consent',
      'Demand forecasting pilot',
      'Document intelligence for claims',
      'Data governance office, year {n}',
      'Regulatory reporting warehouse',
      'Contact-centre speech analytics',
      'Lakehouse migration wave {n}',
    ],
  },
  {
    name: 'Application Engineering',
    weight: 18,
    deals: [
      'Mobile app rebuild',
      'Citizen portal, release {n}',
      'Core system re-platforming',
      'API gateway and developer portal',
      'Onboarding journey redesign',
      'Test automation programme',
      'Field service application',
    ],
  },
  {
    name: 'Cybersecurity',
    weight: 13,
    deals: [
      'Managed detection and response, {n} years',
      'Identity and access overhaul',
      'Zero-trust network programme',
      'SOC build and transfer',
      'Penetration testing framework',
      'OT security assessment',
      'Privileged access roll-out',
    ],
  },
  {
    name: 'Enterprise Applications',
    weight: 13,
    deals: [
      'ERP rollout, wave {n}',
      'HR and payroll replacement',
      'Finance transformation',
      'Procurement suite implementation',
      'Asset management upgrade',
      'CRM consolidation',
    ],
  },
  {
    name: 'Managed Services',
    weight: 12,
    deals: [
      'Service desk outsourcing, {n} seats',
      'Application support renewal',
      'End-user computing, {n}-year term',
      'Infrastructure operations 24x7',
      'Cloud run and FinOps',
      'SLA extension {n}',
    ],
  },
];

export const geographies: readonly {
  name: string;
  weight: number;
  regions: readonly string[];
  currencies: readonly (readonly [string, number])[];
}[] = [
  {
    name: 'Middle East',
    weight: 30,
    regions: ['Gulf', 'Levant', 'Kingdom'],
    currencies: [
      ['AED', 45],
      ['SAR', 35],
      ['USD', 20],
    ],
  },
  {
    name: 'Europe',
    weight: 26,
    regions: ['DACH', 'Nordics', 'UK & Ireland', 'Iberia'],
    currencies: [
      ['EUR', 65],
      ['GBP', 30],
      ['USD', 5],
    ],
  },
  {
    name: 'North America',
    weight: 20,
    regions: ['East', 'West', 'Canada'],
    currencies: [['USD', 1]],
  },
  {
    name: 'APAC',
    weight: 15,
    regions: ['India', 'South East Asia', 'Oceania'],
    currencies: [
      ['INR', 60],
      ['USD', 40],
    ],
  },
  {
    name: 'Africa',
    weight: 9,
    regions: ['East Africa', 'Southern Africa', 'North Africa'],
    currencies: [
      ['USD', 70],
      ['EUR', 30],
    ],
  },
];

/** Units of each currency for one US dollar; a setting for the sample amounts, no market rate. */
export const unitsPerDollar: Record<string, number> = {
  USD: 1,
  EUR: 0.92,
  GBP: 0.79,
  AED: 3.67,
  SAR: 3.75,
  INR: 84,
};

export const sectors: readonly { name: string; endings: readonly string[] }[] = [
  {
    name: 'Banking & Insurance',
    endings: ['Bank', 'Mutual Insurance', 'Capital Partners', 'Takaful'],
  },
  { name: 'Public Sector', endings: ['Municipality', 'Revenue Office', 'Ports Authority'] },
  { name: 'Energy & Utilities', endings: ['Energy', 'Water & Power', 'Petrochemicals'] },
  { name: 'Telecom & Media', endings: ['Telecom', 'Broadcasting', 'Fibre'] },
  { name: 'Healthcare', endings: ['Hospitals', 'Diagnostics', 'Life Sciences'] },
  { name: 'Retail & Consumer', endings: ['Retail Group', 'Foods', 'Department Stores'] },
  { name: 'Manufacturing', endings: ['Industries', 'Steelworks', 'Precision Parts'] },
  { name: 'Travel & Logistics', endings: ['Airways', 'Logistics', 'Hotels & Resorts'] },
];

export const stems: readonly string[] =
  `Althenna Brennark Caldovia Dervane Elmoris Farrowyn Galdreth Halveth Irestan-Vale Jorvanta Kelmara Lundaris
Maravelle Norvanta Orinmar Pellucan Qasrel Rhondova Selkarra Tesquarra Ulvenor Varandis Westerholt-Lyn Xandrel
Ysmara Zephrane Aurelith Bastoria Corvanthe Dunmarrow Esterval Fenwarra Glimmerune Harroway-Tarn Ivarenne Jessamar
Kirravane Lothmere Mistrava Nerivale`.split(/\s+/);

export const firstNames: readonly string[] =
  `Amal Bruno Chandra Dalia Emeka Farida Gregor Hanneke Idris Jolanta Kavya Leander Mireille Nikhil Oona Pascal
Rania Stellan Tamsin Umberto Vanya Wanjiru Yusra Zoltan`.split(/\s+/);

export const lastNames: readonly string[] =
  `Abendroth Balakan Corrivale Dastoor Eklundh Farquell Ghazarin Holmqvist Iyerson Jankowiak Kibettu Laskarin
Mbatharo Nordqvist Okonjeri Pellegrand Rathmore Sahnawi Tirumalai Ullenhag Vasquerin Wetherall Yarrowby Zamirani`.split(
    /\s+/,
  );

export interface Stage {
  id: bigint;
  name: string;
  order: number;
  probability: number;
  phase: string;
  description: string;
}

const stageFacts: readonly [string, number, string, string][] = [
  ['Qualification', 10, 'QUALIFY', 'Confirm need, budget and sponsor.'],
  ['Discovery', 20, 'QUALIFY', 'Understand scope and constraints.'],
  ['Solution Design', 40, 'WORKING-DEAL', 'Shape the solution and the team.'],
  ['Proposal', 55, 'WORKING-DEAL', 'Price, write and submit.'],
  ['Negotiation', 75, 'WORKING-DEAL', 'Agree terms.'],
  ['Verbal Commitment', 90, 'CLOSING', 'Paperwork is under way.'],
  ['Closed', 100, 'CLOSED', 'Nothing is left to do.'],
];

export const stages: readonly Stage[] = stageFacts.map(
  ([name, probability, phase, description], index) => ({
    id: 300000041102001n + BigInt(index),
    name: `0${index + 1} - ${name}`,
    order: index + 1,
    probability,
    phase,
    description,
  }),
);

export const lossReasons = [
  'PRICE',
  'COMPETITION',
  'NO_BUDGET',
  'TIMELINE',
  'SOLUTION_FIT',
] as const;
export const winReasons = ['PRICE', 'RELATIONSHIP', 'SOLUTION_FIT', 'REFERENCES'] as const;

/** Names that a screen or a parser may stumble over; `{account}` is put in. */
export const awkwardNames: readonly string[] = [
  '<b>URGENT</b> {account} renewal & extension',
  "{account} – Client's data residency, 'as is'",
  'تحديث منصة الخدمات الرقمية – {account}',
  'クラウド移行フェーズ2 {account}',
  'Модернизация сети {account}',
  '🚀 {account} launch programme 👩🏽‍💻',
  'שדרוג מערכות ליבה {account}',
  '{account} "quoted" \\ back\\slash, tab\there',
  '<img src=x onerror=alert(1)> {account}',
  '=HYPERLINK("https://example.test","{account}")',
];

export const comments: readonly string[] = [
  'Sponsor changed, meeting next week.',
  'Waiting for the RFP addendum.',
  'Budget confirmed by finance.',
  'Incumbent is on the shortlist.\nPrice is the issue.',
  'Site visit done; two open points.',
  'Client asks for local hosting.',
];
