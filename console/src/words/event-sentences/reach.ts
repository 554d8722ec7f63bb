/** Leads, quizzes and messages. */
import type { Sentences } from './sentence.ts';

export const REACH_SENTENCES: Sentences = {
  'quiz.created': ['Quiz {who} was made', 'Utworzono quiz: {who}', 'O quiz {who} foi criado'],
  'quiz.draft-saved': [
    'Quiz {who}: draft saved',
    'Quiz {who}: zapisano szkic',
    'Quiz {who}: rascunho salvo',
  ],
  'quiz.published': [
    'Quiz {who} is open to everybody',
    'Opublikowano quiz: {who}',
    'O quiz {who} foi publicado',
  ],
  'quiz.closed': ['Quiz {who} was closed', 'Zamknięto quiz: {who}', 'O quiz {who} foi encerrado'],
  'quiz.reopened': [
    'Quiz {who} was opened again',
    'Otwarto ponownie quiz: {who}',
    'O quiz {who} foi reaberto',
  ],
  'quiz-session.started': [
    'A visitor began a quiz',
    'Ktoś zaczął quiz',
    'Um visitante começou um quiz',
  ],
  'quiz-session.question-answered': [
    'A visitor answered a question',
    'Ktoś odpowiedział na pytanie',
    'Um visitante respondeu a uma pergunta',
  ],
  'quiz-session.contact-given': [
    'A visitor left a contact',
    'Ktoś zostawił kontakt',
    'Um visitante deixou um contato',
  ],
  'quiz-session.completed': [
    'A visitor finished a quiz',
    'Ktoś ukończył quiz',
    'Um visitante terminou um quiz',
  ],
  'quiz-session.abandoned': [
    'A visitor left a quiz',
    'Ktoś porzucił quiz',
    'Um visitante abandonou um quiz',
  ],
  'quiz-session.resumed': [
    'A visitor went on with a quiz',
    'Ktoś wrócił do quizu',
    'Um visitante retomou um quiz',
  ],
  'quiz-session.found-active': [
    'A visitor is still at a quiz',
    'Ktoś nadal wypełnia quiz',
    'Um visitante continua em um quiz',
  ],
  'lead.captured': ['A new lead: {who}', 'Nowy lead: {who}', 'Um novo lead: {who}'],
  'lead.contact-changed': [
    'Contact of lead {who} was changed',
    'Zmieniono dane leada: {who}',
    'Os dados de {who} foram alterados',
  ],
  'lead.qualified': [
    'Lead {who} got a score of {score}',
    'Lead {who}, punkty: {score}',
    'O lead {who} recebeu {score} pontos',
  ],
  'lead.assigned': [
    'Lead {who} was assigned',
    'Przydzielono leada: {who}',
    'O lead {who} foi atribuído',
  ],
  'lead.valued': [
    'The value of lead {who} was taken away',
    'Usunięto wartość leada {who}',
    'O valor do lead {who} foi retirado',
  ],
  'lead.moved': [
    'Lead {who} moved to {stage}',
    'Lead {who}: etap {stage}',
    'O lead {who} passou para {stage}',
  ],
  'lead.noted': [
    'A note on lead {who} was written',
    'Notatka o leadzie: {who}',
    'Uma observação sobre {who} foi escrita',
  ],
  'lead.linked-to-customer': [
    'Lead {who} is a guest now',
    'Lead {who} jest teraz gościem',
    'O lead {who} agora é cliente',
  ],
  'lead.follow-up-requested': [
    'Lead {who} needs a follow-up',
    'Lead {who} czeka na kontakt',
    'O lead {who} precisa de retorno',
  ],
  'lead.follow-up-done': [
    'Lead {who} was followed up',
    'Lead {who}: załatwione',
    'O lead {who} teve retorno',
  ],
  'message.requested': [
    'A message by {channel} was asked for',
    'Zlecono wiadomość ({channel})',
    'Uma mensagem por {channel} foi pedida',
  ],
  'message.held': [
    'A message waits: {reason}',
    'Wiadomość czeka: {reason}',
    'Uma mensagem aguarda: {reason}',
  ],
  'message.dropped': [
    'A message was not sent: {reason}',
    'Nie wysłano wiadomości: {reason}',
    'Uma mensagem não foi enviada: {reason}',
  ],
  'message.attempted': [
    'A message is being sent',
    'Wysyłanie wiadomości',
    'Uma mensagem está sendo enviada',
  ],
  'message.accepted': [
    'The provider took a message',
    'Dostawca przyjął wiadomość',
    'O provedor aceitou uma mensagem',
  ],
  'message.sent': ['A message was sent', 'Wysłano wiadomość', 'Uma mensagem foi enviada'],
  'message.delivered': [
    'A message was delivered',
    'Dostarczono wiadomość',
    'Uma mensagem foi entregue',
  ],
  'message.read': ['A message was read', 'Przeczytano wiadomość', 'Uma mensagem foi lida'],
  'message.failed': [
    'A message failed: {code}',
    'Wiadomość nie doszła: {code}',
    'Uma mensagem falhou: {code}',
  ],
  'message.bounced': ['A message bounced', 'Wiadomość została odbita', 'Uma mensagem voltou'],
  'message.outcome-unknown': [
    'It is not known whether a message went out',
    'Nie wiadomo, czy wiadomość wyszła',
    'Não se sabe se uma mensagem saiu',
  ],
  'message.resend-asked': [
    'A message is sent again',
    'Wiadomość zostanie wysłana ponownie',
    'Uma mensagem será reenviada',
  ],
  'message.given-up': [
    'A message was given up',
    'Odpuszczono wiadomość',
    'Desistiu-se de uma mensagem',
  ],
  'message.cancelled': [
    'A message was cancelled',
    'Anulowano wiadomość',
    'Uma mensagem foi cancelada',
  ],
  'message-campaign.drafted': [
    'A campaign was drafted',
    'Przygotowano kampanię',
    'Uma campanha foi rascunhada',
  ],
  'message-campaign.changed': [
    'A campaign was changed',
    'Zmieniono kampanię',
    'Uma campanha foi alterada',
  ],
  'message-campaign.scheduled': [
    'A campaign starts on {startsAt}',
    'Kampania ruszy {startsAt}',
    'Uma campanha começa em {startsAt}',
  ],
  'message-campaign.unscheduled': [
    'A campaign was taken off its date',
    'Kampania bez terminu',
    'Uma campanha perdeu a data',
  ],
  'message-campaign.not-started': [
    'A campaign did not start at its hour',
    'Kampania nie ruszyła o swojej porze',
    'Uma campanha não começou na hora marcada',
  ],
  'message-campaign.started': ['A campaign started', 'Kampania ruszyła', 'Uma campanha começou'],
  'message-campaign.page-released': [
    {
      one: 'A campaign reaches {count} more guest',
      other: 'A campaign reaches {count} more guests',
    },
    { one: 'Kampania: kolejny {count} odbiorca', other: 'Kampania: kolejnych odbiorców: {count}' },
    {
      one: 'Uma campanha alcança mais {count} pessoa',
      other: 'Uma campanha alcança mais {count} pessoas',
    },
  ],
  'message-campaign.frozen': [
    'Recipients of a campaign are settled',
    'Ustalono odbiorców kampanii',
    'Os destinatários de uma campanha estão definidos',
  ],
  'message-campaign.paused': [
    'A campaign was paused',
    'Wstrzymano kampanię',
    'Uma campanha foi pausada',
  ],
  'message-campaign.resumed': ['A campaign goes on', 'Wznowiono kampanię', 'Uma campanha continua'],
  'message-campaign.cancelled': [
    'A campaign was cancelled',
    'Anulowano kampanię',
    'Uma campanha foi cancelada',
  ],
  'conversation.opened': [
    'A conversation by {channel} began',
    'Nowa rozmowa ({channel})',
    'Uma conversa por {channel} começou',
  ],
  'conversation.linked': [
    'A conversation belongs to {customer}',
    'Rozmowę przypisano: {customer}',
    'Uma conversa é de {customer}',
  ],
  'conversation.inbound-received': [
    'A guest wrote a message',
    'Gość napisał wiadomość',
    'Um cliente escreveu uma mensagem',
  ],
  'conversation.opted-out': [
    'A guest wants no more messages',
    'Gość nie chce już wiadomości',
    'Um cliente não quer mais mensagens',
  ],
  'conversation.opted-in': [
    'A guest wants messages again',
    'Gość znów chce wiadomości',
    'Um cliente quer mensagens de novo',
  ],
  'conversation.replied': [
    'A guest was answered',
    'Odpowiedziano gościowi',
    'Um cliente foi respondido',
  ],
  'conversation.assigned': [
    'A conversation was assigned',
    'Przydzielono rozmowę',
    'Uma conversa foi atribuída',
  ],
  'conversation.seen': ['A conversation was read', 'Przeczytano rozmowę', 'Uma conversa foi lida'],
  'conversation.closed': [
    'A conversation was closed',
    'Zamknięto rozmowę',
    'Uma conversa foi encerrada',
  ],
  'message-template.created': [
    'Template {who} was made',
    'Utworzono szablon: {who}',
    'O modelo {who} foi criado',
  ],
  'message-template.changed': [
    'Template {who} was changed',
    'Zmieniono szablon: {who}',
    'O modelo {who} foi alterado',
  ],
  'message-template.submitted': [
    'Template {who} waits for its review',
    'Szablon {who} czeka na ocenę',
    'O modelo {who} aguarda avaliação',
  ],
  'message-template.reviewed': [
    'Template {who} was reviewed',
    'Oceniono szablon: {who}',
    'O modelo {who} foi avaliado',
  ],
  'message-template.archived': [
    'Template {who} was archived',
    'Zarchiwizowano szablon: {who}',
    'O modelo {who} foi arquivado',
  ],
  'message-sender.added': [
    'Sender {who} was added',
    'Dodano nadawcę: {who}',
    'O remetente {who} foi criado',
  ],
  'message-sender.changed': [
    'Sender {who} was changed',
    'Zmieniono nadawcę: {who}',
    'O remetente {who} foi alterado',
  ],
  'message-sender.paused': [
    'Sender {who} was paused',
    'Wstrzymano nadawcę: {who}',
    'O remetente {who} foi pausado',
  ],
  'message-sender.resumed': [
    'Sender {who} sends again',
    'Wznowiono nadawcę: {who}',
    'O remetente {who} voltou a enviar',
  ],
  'message-sender.closed': [
    'Sender {who} was closed',
    'Zamknięto nadawcę: {who}',
    'O remetente {who} foi encerrado',
  ],
  'message-suppression.added': [
    'An address gets no more messages',
    'Adres nie dostaje już wiadomości',
    'Um endereço não recebe mais mensagens',
  ],
  'message-suppression.lifted': [
    'An address may get messages again',
    'Adres znów może dostawać wiadomości',
    'Um endereço pode receber mensagens de novo',
  ],
  'message-opt-in.asked': [
    'A guest was asked to confirm',
    'Poproszono gościa o potwierdzenie',
    'Pediu-se confirmação a um cliente',
  ],
  'message-opt-in.confirmed': [
    'A guest confirmed an address',
    'Gość potwierdził adres',
    'Um cliente confirmou um endereço',
  ],
  'message-notice.requested': [
    'A notice was asked for',
    'Zlecono powiadomienie',
    'Um aviso foi pedido',
  ],
  'message-notice.not-sent': [
    'A notice was not sent: {reason}',
    'Nie wysłano powiadomienia: {reason}',
    'Um aviso não foi enviado: {reason}',
  ],
  'message-settings.set': [
    'Message settings were changed',
    'Zmieniono ustawienia wiadomości',
    'As configurações de mensagens foram alteradas',
  ],
};
