/** The club: members, points and tiers. */
import type { Sentences } from './sentence.ts';

export const LOYALTY_SENTENCES: Sentences = {
  'loyalty.programme-rules-set': [
    'Rules of the club were set',
    'Ustawiono zasady klubu',
    'As regras do clube foram definidas',
  ],
  'loyalty.member-enrolled': [
    '{who} joined the club',
    '{who} dołącza do klubu',
    '{who} entrou no clube',
  ],
  'loyalty.member-labelled': [
    'Segments of member {who} were set',
    'Ustawiono segmenty uczestnika: {who}',
    'Os segmentos do membro {who} foram definidos',
  ],
  'loyalty.points-earned': [
    { one: '{who} earned {count} point', other: '{who} earned {count} points' },
    {
      one: '{who}: +{count} punkt',
      few: '{who}: +{count} punkty',
      other: '{who}: +{count} punktów',
    },
    { one: '{who} ganhou {count} ponto', other: '{who} ganhou {count} pontos' },
  ],
  'loyalty.points-burned': [
    { one: '{who} used {count} point', other: '{who} used {count} points' },
    {
      one: '{who}: użyto {count} punktu',
      few: '{who}: użyto {count} punktów',
      other: '{who}: użyto {count} punktów',
    },
    { one: '{who} usou {count} ponto', other: '{who} usou {count} pontos' },
  ],
  'loyalty.points-adjusted': [
    'Points of {who} were adjusted: {reason}',
    'Poprawiono punkty gościa {who}: {reason}',
    'Os pontos de {who} foram ajustados: {reason}',
  ],
  'loyalty.points-taken-back': [
    {
      one: '{count} point of {who} was taken back',
      other: '{count} points of {who} were taken back',
    },
    {
      one: '{who}: cofnięto {count} punkt',
      few: '{who}: cofnięto {count} punkty',
      other: '{who}: cofnięto {count} punktów',
    },
    {
      one: '{count} ponto de {who} foi estornado',
      other: '{count} pontos de {who} foram estornados',
    },
  ],
  'loyalty.points-returned': [
    { one: '{who} got {count} point back', other: '{who} got {count} points back' },
    {
      one: '{who}: zwrócono {count} punkt',
      few: '{who}: zwrócono {count} punkty',
      other: '{who}: zwrócono {count} punktów',
    },
    { one: '{who} recebeu {count} ponto de volta', other: '{who} recebeu {count} pontos de volta' },
  ],
  'loyalty.points-expired': [
    { one: '{count} point of {who} expired', other: '{count} points of {who} expired' },
    {
      one: '{who}: wygasł {count} punkt',
      few: '{who}: wygasły {count} punkty',
      other: '{who}: wygasło {count} punktów',
    },
    { one: '{count} ponto de {who} expirou', other: '{count} pontos de {who} expiraram' },
  ],
  'loyalty.points-activated': [
    'Points of {who} can be used now',
    '{who}: punkty można już użyć',
    'Os pontos de {who} já podem ser usados',
  ],
  'loyalty.debt-forgiven': [
    'Missing points of {who} were forgiven',
    '{who}: umorzono brakujące punkty',
    'Os pontos devidos por {who} foram perdoados',
  ],
  'loyalty.tier-changed': [
    '{who} moved from {from} to {to}',
    '{who}: zmiana poziomu z {from} na {to}',
    '{who} passou de {from} para {to}',
  ],
  'loyalty.tier-grace-set': [
    '{who} keeps the tier for a while',
    '{who}: poziom utrzymany na pewien czas',
    '{who} mantém o nível por um tempo',
  ],
  'loyalty.review-planned': [
    'The club looks at {who} again on {on}',
    'Kolejny przegląd {who}: {on}',
    'O clube revê {who} em {on}',
  ],
  'loyalty.payment-credited': [
    'A payment earned points',
    'Za płatność naliczono punkty',
    'Um pagamento gerou pontos',
  ],
  'loyalty.refund-debited': [
    'A refund took points back',
    'Za zwrot cofnięto punkty',
    'Um reembolso estornou pontos',
  ],
  'loyalty.burn-noted': [
    'Points were used on an order',
    'Punkty użyte przy zamówieniu',
    'Pontos usados em um pedido',
  ],
  'loyalty.burn-given-back': [
    'Used points were given back',
    'Zwrócono użyte punkty',
    'Pontos usados foram devolvidos',
  ],
};
