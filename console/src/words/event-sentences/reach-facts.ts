/** Fuller sentences of leads, quizzes and messages, for events that tell more. */
import type { Sentences } from './sentence.ts';

export const REACH_FACTS: Sentences = {
  'quiz.published~number': [
    'Version {number} of quiz {who} is open to everybody',
    'Opublikowano wersję {number} quizu {who}',
    'A versão {number} do quiz {who} foi publicada',
  ],
  'quiz-session.completed~score': [
    'A visitor finished a quiz, score {score}',
    'Ktoś ukończył quiz, punkty: {score}',
    'Um visitante terminou um quiz, pontuação {score}',
  ],
  'quiz-session.completed~grade': [
    'A visitor finished a quiz, grade {grade}, score {score}',
    'Ktoś ukończył quiz, ocena {grade}, punkty: {score}',
    'Um visitante terminou um quiz, nota {grade}, pontuação {score}',
  ],
  'lead.captured~source': [
    'A new lead: {who} ({source})',
    'Nowy lead: {who} ({source})',
    'Um novo lead: {who} ({source})',
  ],
  'lead.moved~from': [
    'Lead {who} moved from {from} to {to}',
    'Lead {who}: zmiana etapu z „{from}” na „{to}”',
    'O lead {who} passou de {from} para {to}',
  ],
  'lead.noted~note': [
    'A note on lead {who}: {note}',
    'Notatka o leadzie {who}: {note}',
    'Uma observação sobre {who}: {note}',
  ],
  'lead.follow-up-requested~dueAt': [
    'Lead {who} needs a follow-up by {dueAt}',
    'Odezwać się do leada {who} do {dueAt}',
    'O lead {who} precisa de retorno até {dueAt}',
  ],
  'message.requested~use': [
    'A message by {channel} was asked for: {use}',
    'Zlecono wiadomość ({channel}): {use}',
    'Uma mensagem por {channel} foi pedida: {use}',
  ],
  'message.held~until': [
    'A message waits until {until}: {reason}',
    'Wiadomość czeka do {until}: {reason}',
    'Uma mensagem aguarda até {until}: {reason}',
  ],
  'message.bounced~kind': [
    'A message bounced ({kind}): {code}',
    'Wiadomość została odbita ({kind}): {code}',
    'Uma mensagem voltou ({kind}): {code}',
  ],
  'message-campaign.drafted~called': [
    'Campaign {called} was drafted ({channel})',
    'Przygotowano kampanię {called} ({channel})',
    'A campanha {called} foi rascunhada ({channel})',
  ],
  'message-campaign.changed~called': [
    'Campaign {called} was changed',
    'Zmieniono kampanię {called}',
    'A campanha {called} foi alterada',
  ],
  'message-campaign.not-started~reason': [
    'A campaign did not start at its hour: {reason}',
    'Kampania nie ruszyła o swojej porze: {reason}',
    'Uma campanha não começou na hora marcada: {reason}',
  ],
  'message-campaign.started~called': [
    'Campaign {called} started',
    'Kampania {called} ruszyła',
    'A campanha {called} começou',
  ],
  'message-campaign.frozen~count': [
    {
      one: 'A campaign has {count} recipient',
      other: 'A campaign has {count} recipients',
    },
    {
      one: 'Kampania ma {count} odbiorcę',
      few: 'Kampania ma {count} odbiorców',
      other: 'Kampania ma {count} odbiorców',
    },
    {
      one: 'Uma campanha tem {count} destinatário',
      other: 'Uma campanha tem {count} destinatários',
    },
  ],
  'message-campaign.paused~reason': [
    'A campaign was paused: {reason}',
    'Wstrzymano kampanię: {reason}',
    'Uma campanha foi pausada: {reason}',
  ],
  'conversation.opened~called': [
    'A conversation with {called} by {channel} began',
    'Nowa rozmowa: {called} ({channel})',
    'Uma conversa com {called} por {channel} começou',
  ],
  'conversation.inbound-received~text': [
    'A guest wrote: {text}',
    'Gość napisał: {text}',
    'Um cliente escreveu: {text}',
  ],
  'conversation.replied~text': [
    'A guest was answered: {text}',
    'Odpowiedziano gościowi: {text}',
    'Um cliente foi respondido: {text}',
  ],
  'conversation.opted-in~reason': [
    'A guest wants messages again: {reason}',
    'Gość znów chce wiadomości: {reason}',
    'Um cliente quer mensagens de novo: {reason}',
  ],
  'message-template.reviewed~review': [
    'Template {who} was reviewed ({language}): {review}. {reason}',
    'Oceniono szablon {who} ({language}): {review}. {reason}',
    'O modelo {who} foi avaliado ({language}): {review}. {reason}',
  ],
  'message-sender.paused~reason': [
    'Sender {who} was paused: {reason}',
    'Wstrzymano nadawcę {who}: {reason}',
    'O remetente {who} foi pausado: {reason}',
  ],
  'message-suppression.added~reason': [
    'An address gets no more messages by {channel}: {reason}',
    'Adres nie dostaje już wiadomości ({channel}): {reason}',
    'Um endereço não recebe mais mensagens por {channel}: {reason}',
  ],
  'message-suppression.lifted~reason': [
    'An address may get messages again: {reason}',
    'Adres znów może dostawać wiadomości: {reason}',
    'Um endereço pode receber mensagens de novo: {reason}',
  ],
  'message-opt-in.asked~channel': [
    'A guest was asked to confirm an address ({channel})',
    'Poproszono gościa o potwierdzenie adresu ({channel})',
    'Pediu-se a um cliente que confirme um endereço ({channel})',
  ],
  'message-notice.requested~use': [
    'A notice was asked for: {use}',
    'Zlecono powiadomienie: {use}',
    'Um aviso foi pedido: {use}',
  ],
  'message-notice.not-sent~use': [
    'A notice ({use}) was not sent: {reason}',
    'Nie wysłano powiadomienia ({use}): {reason}',
    'Um aviso ({use}) não foi enviado: {reason}',
  ],
  'lead.qualified~grade': [
    'Lead {who} was graded {grade}',
    'Ocena leada {who}: {grade}',
    'O lead {who} recebeu a nota {grade}',
  ],
  'lead.valued~value': [
    'Lead {who} may be worth {value}',
    'Wartość leada {who}: {value}',
    'O lead {who} pode valer {value}',
  ],
};
