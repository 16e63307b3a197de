import type { Criterion, Scorecard } from '../app/domain/scorecard.ts';

/** The scorecard BQS starts with (design.md section 7). */
export const defaultScorecard: Scorecard = {
  criteria: [
    criterion('STRAT', 'Strategic fit', 15, {
      question: 'Does winning this move us where we want to be?',
      anchors: [
        'Outside our strategy, or at odds with it',
        'Within our portfolio, no particular push',
        'A named target account or offer of ours',
      ],
      reasons: [
        ['Not an offer of ours', 'Conflicts with another client', 'Market we are leaving'],
        ['Weak tie to our plan', 'One-off work', 'Little to learn from it'],
        ['Fits the portfolio', 'Known market', 'Reference of average use'],
        ['Opens a target account', 'Builds a wanted skill', 'Follow-on work likely'],
        ['Board priority', 'Entry to a key market', 'Flagship reference'],
      ],
    }),
    criterion('WIN', 'Win probability', 15, {
      question: 'How likely are we, of all who bid, to be chosen?',
      anchors: [
        'Another supplier is set, or we do not know the buyer',
        'An open race in which we stand level',
        'We shaped the need and the buyer favours us',
      ],
      reasons: [
        ['Incumbent is safe', 'Requirement written for another', 'No access to the buyer'],
        ['Late to the deal', 'Weak sponsor', 'Lost here before'],
        ['Level field', 'Known buyer', 'Fair evaluation'],
        ['Sponsor speaks for us', 'Early involvement', 'Won similar work'],
        ['Sole source likely', 'We wrote the case with them', 'Incumbent and liked'],
      ],
    }),
    criterion('FIN', 'Financial value', 15, {
      question: 'Is the money worth the effort and the risk?',
      anchors: [
        'Margin below our floor, or no budget',
        'Usual margin, budget named',
        'Margin well above target, budget approved',
      ],
      reasons: [
        ['No budget', 'Loss expected', 'Payment terms unacceptable'],
        ['Thin margin', 'Long payment terms', 'Bid costs out of proportion'],
        ['Usual margin', 'Budget named', 'Normal terms'],
        ['Good margin', 'Budget approved', 'Recurring revenue'],
        ['Outstanding margin', 'Prepayment', 'Long recurring revenue'],
      ],
    }),
    criterion('COMP', 'Competitive position', 10, {
      question: 'How do we stand against those who also bid?',
      anchors: [
        'Clearly behind in what the buyer weighs most',
        'Comparable, no decisive difference',
        'A difference the buyer values and nobody else has',
      ],
      reasons: [
        ['Price far above market', 'Missing a must-have', 'Rivals entrenched'],
        ['Few references', 'Known rival favoured', 'Price pressure'],
        ['Comparable offer', 'Two or three rivals', 'Average price'],
        ['Clear difference', 'Strong references', 'Good price'],
        ['Unique offer', 'No serious rival', 'Best price and quality'],
      ],
    }),
    criterion('FEAS', 'Delivery feasibility', 10, {
      question: 'Can we deliver it in time with the people we have?',
      anchors: [
        'Key people or skills missing, dates not credible',
        'Possible with normal planning',
        'Team named and free, dates comfortable',
      ],
      reasons: [
        ['Skills missing', 'Dates impossible', 'No capacity'],
        ['Key people booked', 'Tight dates', 'Depends on others'],
        ['Normal planning', 'Some hiring', 'Dates realistic'],
        ['Team available', 'Done before', 'Comfortable dates'],
        ['Team named and free', 'Repeat delivery', 'Ready assets'],
      ],
    }),
    criterion('CUST', 'Customer relationship', 10, {
      question: 'How well do we know the account and its people?',
      anchors: [
        'No contact, or a strained relation',
        'Working contacts, neutral view of us',
        'Trusted adviser at the level that decides',
      ],
      reasons: [
        ['No contact', 'Open dispute', 'Poor payer'],
        ['Few contacts', 'Bad memory', 'New to us'],
        ['Working contacts', 'Neutral view', 'Past small work'],
        ['Good contacts', 'Satisfied client', 'Sponsor known'],
        ['Trusted adviser', 'Executive sponsor', 'Framework agreement'],
      ],
    }),
    criterion('RISK', 'Risk exposure', 10, {
      question: 'How much can go wrong, and what would it cost us? High is low risk.',
      anchors: [
        'Risks we can neither price nor pass on',
        'Known risks with usual mitigation',
        'Few risks, all covered',
      ],
      reasons: [
        ['Unlimited liability', 'Scope unknown', 'Unproven technology'],
        ['Heavy penalties', 'Vague scope', 'Dependence on third parties'],
        ['Usual risks', 'Mitigation known', 'Scope mostly clear'],
        ['Low penalties', 'Clear scope', 'Proven technology'],
        ['Hardly any risk', 'Time and material', 'Fully covered'],
      ],
    }),
    criterion('LEGAL', 'Legal and commercial readiness', 10, {
      question: 'Can we sign what is asked of us?',
      anchors: [
        'Terms we cannot sign',
        'Terms to be negotiated, nothing unusual',
        'Our terms, or a framework in place',
      ],
      knockOutBelow: 3,
      reasons: [
        ['Terms not acceptable', 'Certification missing', 'Conflict of interest'],
        ['Many deviations', 'Legal review open', 'Data protection unclear'],
        ['Usual terms', 'Few deviations', 'Review under way'],
        ['Terms mostly ours', 'Reviewed', 'Standard contract'],
        ['Framework signed', 'Our own contract', 'Nothing open'],
      ],
    }),
    criterion('PROD', 'Product and service compliance', 5, {
      question: 'How much of what is asked do our products and services meet as they are?',
      knockOutBelow: 3,
      anchors: ['Must-haves not met', 'Most met, gaps can be closed', 'All met as they are'],
      reasons: [
        ['Must-have not met', 'End of life', 'Not permitted'],
        ['Large gaps', 'Custom work needed', 'Partner needed'],
        ['Most met', 'Small gaps', 'Workaround known'],
        ['Nearly all met', 'Configuration only', 'On the roadmap'],
        ['All met', 'Standard offer', 'Certified'],
      ],
    }),
  ],
  bands: [
    { code: 'pursue', name: 'Pursue', from: 700, advice: 'GO' },
    { code: 'consider', name: 'Consider', from: 500, advice: 'EITHER' },
    { code: 'decline', name: 'Decline', from: 0, advice: 'NO_GO' },
  ],
  fastTrack: { enabled: false, from: 700, under: {} },
};

type Three = [string, string, string];

function criterion(
  code: string,
  name: string,
  weight: number,
  rest: {
    question: string;
    anchors: Three;
    reasons: [Three, Three, Three, Three, Three];
    knockOutBelow?: number;
  },
): Criterion {
  const [low, middle, high] = rest.anchors;
  const [critical, poor, average, good, exceptional] = rest.reasons;
  return {
    code,
    name,
    weight,
    question: rest.question,
    anchors: { low, middle, high },
    reasons: { critical, low: poor, average, high: good, exceptional },
    knockOutBelow: rest.knockOutBelow ?? null,
  };
}
