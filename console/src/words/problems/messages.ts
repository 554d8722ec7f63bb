/** Refusals of messages, campaigns, templates and senders. */
import type { Problems } from './problem.ts';

export const MESSAGE_PROBLEMS: Problems = {
  MESSAGE_EXISTS: [
    'This message is there already. Send another one.',
    'Ta wiadomość już jest. Wyślij inną.',
    'Esta mensagem já existe. Envie outra.',
  ],
  MESSAGE_CONTENT_UNCLEAR: [
    'A message has either a template or a text, and an e-mail a subject. Give one of the two.',
    'Wiadomość ma szablon albo treść, a e-mail także temat. Podaj jedno z dwojga.',
    'Uma mensagem tem um modelo ou um texto, e um e-mail tem assunto. Informe um dos dois.',
  ],
  MESSAGE_SENDER_UNKNOWN: [
    'There is no such sender for the channel, or it was closed. Choose another one.',
    'Nie ma takiego nadawcy dla tego kanału albo go zamknięto. Wybierz innego.',
    'Não há esse remetente para o canal, ou foi encerrado. Escolha outro.',
  ],
  MESSAGE_TEMPLATE_UNKNOWN: [
    'There is no such template for the channel, or it was archived. Choose another one.',
    'Nie ma takiego szablonu dla tego kanału albo jest w archiwum. Wybierz inny.',
    'Não há esse modelo para o canal, ou foi arquivado. Escolha outro.',
  ],
  MESSAGE_LANGUAGE_MISSING: [
    'The template has no text in this language. Choose another language, or write the text.',
    'Szablon nie ma treści w tym języku. Wybierz inny język albo dopisz treść.',
    'O modelo não tem texto neste idioma. Escolha outro ou escreva o texto.',
  ],
  MESSAGE_VARIABLES_MISSING: [
    'The template has variables without a value. Fill in every one of them.',
    'W szablonie są zmienne bez wartości. Uzupełnij każdą.',
    'O modelo tem variáveis sem valor. Preencha todas.',
  ],
  MESSAGE_PERSON_UNKNOWN: [
    'There is no such guest or lead, or not any more. Choose another one.',
    'Nie ma takiego gościa ani leada albo już go nie ma. Wybierz innego.',
    'Não há esse cliente ou lead, ou não mais. Escolha outro.',
  ],
  MESSAGE_ADDRESS_MISSING: [
    'There is no address for this channel. Add a phone or an e-mail first.',
    'Brak adresu dla tego kanału. Najpierw dodaj telefon lub e-mail.',
    'Não há endereço para este canal. Adicione antes um telefone ou e-mail.',
  ],
  MESSAGE_MARKETING_TEXT: [
    'Marketing goes out as a template. Choose a marketing template.',
    'Marketing wysyła się szablonem. Wybierz szablon marketingowy.',
    'Marketing sai como modelo. Escolha um modelo de marketing.',
  ],
  MESSAGE_CATEGORY_WRONG: [
    'A marketing template is sent as marketing. Change the purpose, or choose another template.',
    'Szablon marketingowy wysyła się jako marketing. Zmień cel albo wybierz inny szablon.',
    'Um modelo de marketing é enviado como marketing. Mude a finalidade ou escolha outro modelo.',
  ],
  MESSAGE_NOT_UNKNOWN: [
    'It is known what became of the message. There is nothing to decide.',
    'Los tej wiadomości jest znany. Nie ma czego rozstrzygać.',
    'Já se sabe o que houve com a mensagem. Não há o que decidir.',
  ],
  MESSAGE_STILL_OPEN: [
    'The provider may still tell what became of it. Decide a little later.',
    'Dostawca może jeszcze podać jej los. Zdecyduj trochę później.',
    'O provedor ainda pode dizer o que houve. Decida um pouco mais tarde.',
  ],
  MESSAGE_GONE_OUT: [
    'The message has gone out, or may have. It cannot be taken back.',
    'Wiadomość wyszła albo mogła wyjść. Nie można jej cofnąć.',
    'A mensagem saiu, ou pode ter saído. Não dá para retirá-la.',
  ],
  CAMPAIGN_EXISTS: [
    'This campaign is there already. Change it.',
    'Ta kampania już jest. Zmień ją.',
    'Esta campanha já existe. Altere-a.',
  ],
  CAMPAIGN_STARTED: [
    'The campaign was started. Pause or cancel it, or draft another one.',
    'Kampanię już rozpoczęto. Wstrzymaj ją, anuluj albo przygotuj inną.',
    'A campanha já começou. Pause-a, cancele-a ou rascunhe outra.',
  ],
  CAMPAIGN_NOT_STARTED: [
    'The campaign was not started. Start it first.',
    'Kampanii jeszcze nie rozpoczęto. Najpierw ją rozpocznij.',
    'A campanha não começou. Inicie-a antes.',
  ],
  CAMPAIGN_CANCELLED: [
    'The campaign was cancelled. Draft another one.',
    'Kampanię anulowano. Przygotuj inną.',
    'A campanha foi cancelada. Rascunhe outra.',
  ],
  CAMPAIGN_SENDER_UNKNOWN: [
    'There is no such sender for the channel, or it was closed. Choose another one.',
    'Nie ma takiego nadawcy dla tego kanału albo go zamknięto. Wybierz innego.',
    'Não há esse remetente para o canal, ou foi encerrado. Escolha outro.',
  ],
  CAMPAIGN_SEGMENT_UNKNOWN: [
    'There is no such segment, or it was removed. Save one and choose it.',
    'Nie ma takiego segmentu albo go usunięto. Zapisz segment i wybierz go.',
    'Não há esse segmento, ou foi removido. Salve um e escolha-o.',
  ],
  CAMPAIGN_TEMPLATE_UNKNOWN: [
    'There is no such template for the channel, or it was archived. Choose another one.',
    'Nie ma takiego szablonu dla tego kanału albo jest w archiwum. Wybierz inny.',
    'Não há esse modelo para o canal, ou foi arquivado. Escolha outro.',
  ],
  CAMPAIGN_TEMPLATE_NOT_APPROVED: [
    'No language of the template is approved. Submit it and wait for the review.',
    'Żaden język szablonu nie jest zatwierdzony. Przekaż go do oceny i zaczekaj.',
    'Nenhum idioma do modelo está aprovado. Envie-o para avaliação e aguarde.',
  ],
  CAMPAIGN_VARIABLES_MISSING: [
    'The template has variables without a value. Fill in every one of them.',
    'W szablonie są zmienne bez wartości. Uzupełnij każdą.',
    'O modelo tem variáveis sem valor. Preencha todas.',
  ],
  CAMPAIGN_START_PAST: [
    'The moment lies in the past. Choose a later one, or start the campaign now.',
    'Ta chwila już minęła. Wybierz późniejszą albo rozpocznij kampanię teraz.',
    'Esse momento já passou. Escolha outro ou inicie a campanha agora.',
  ],
  CONVERSATION_WINDOW_CLOSED: [
    'More than 24 hours have passed since the person wrote. Answer with a template.',
    'Od wiadomości tej osoby minęły ponad 24 godziny. Odpowiedz szablonem.',
    'Passaram-se mais de 24 horas desde que a pessoa escreveu. Responda com um modelo.',
  ],
  CONVERSATION_OPTED_OUT: [
    'The person does not want to be written to. Wait until they write again.',
    'Ta osoba nie chce wiadomości. Zaczekaj, aż sama napisze.',
    'A pessoa não quer mensagens. Espere até que ela escreva.',
  ],
  TEMPLATE_EXISTS: [
    'This template is there already. Change it.',
    'Ten szablon już jest. Zmień go.',
    'Este modelo já existe. Altere-o.',
  ],
  TEMPLATE_ARCHIVED: [
    'The template was archived. Write a new one.',
    'Szablon jest w archiwum. Napisz nowy.',
    'O modelo foi arquivado. Escreva outro.',
  ],
  TEMPLATE_PLACEHOLDER_UNKNOWN: [
    'A text has a placeholder that is none of the variables. Declare the variable, or take it out.',
    'W treści jest miejsce, które nie jest żadną ze zmiennych. Dodaj zmienną albo je usuń.',
    'Um texto tem um espaço que não é nenhuma variável. Declare a variável ou tire-o.',
  ],
  TEMPLATE_VARIABLE_UNUSED: [
    'A variable stands in none of the texts of a language. Use it in every language, or take it out.',
    'Zmiennej nie ma w żadnej treści jednego z języków. Użyj jej w każdym albo ją usuń.',
    'Uma variável não aparece nos textos de um idioma. Use-a em todos ou tire-a.',
  ],
  TEMPLATE_NAME_TWICE: [
    'A variable or a language stands twice. Leave it once.',
    'Zmienna lub język występuje dwa razy. Zostaw raz.',
    'Uma variável ou idioma aparece duas vezes. Deixe uma vez.',
  ],
  TEMPLATE_SUBJECT_MISSING: [
    'An e-mail needs a subject in every language. Add it.',
    'E-mail potrzebuje tematu w każdym języku. Dodaj go.',
    'Um e-mail precisa de assunto em cada idioma. Adicione-o.',
  ],
  TEMPLATE_PART_UNFIT: [
    'WhatsApp takes no such header, body or footer. Header: 60 characters and one variable at most; body: 1,024 characters; footer: 60 and no variable.',
    'WhatsApp nie przyjmie takiego nagłówka, treści lub stopki. Nagłówek: najwyżej 60 znaków i jedna zmienna; treść: 1024 znaki; stopka: 60 znaków bez zmiennych.',
    'O WhatsApp não aceita esse cabeçalho, corpo ou rodapé. Cabeçalho: até 60 caracteres e uma variável; corpo: 1.024 caracteres; rodapé: 60, sem variável.',
  ],
  TEMPLATE_SENDER_MISSING: [
    'A WhatsApp template is submitted by the account of a sender. Choose a WhatsApp sender.',
    'Szablon WhatsApp przekazuje się z konta nadawcy. Wybierz nadawcę WhatsApp.',
    'Um modelo do WhatsApp é enviado pela conta de um remetente. Escolha um remetente de WhatsApp.',
  ],
  SENDER_EXISTS: [
    'This sender is there already. Change it.',
    'Ten nadawca już jest. Zmień go.',
    'Este remetente já existe. Altere-o.',
  ],
  SENDER_CHANNEL_UNAVAILABLE: [
    'This installation cannot send by this channel. Add a sender of another channel.',
    'Ta instalacja nie wysyła tym kanałem. Dodaj nadawcę innego kanału.',
    'Esta instalação não envia por este canal. Adicione um remetente de outro canal.',
  ],
  SENDER_CLOSED: [
    'The sender was closed. Add another one.',
    'Tego nadawcę zamknięto. Dodaj innego.',
    'O remetente foi encerrado. Adicione outro.',
  ],
  SENDER_INCOMPLETE: [
    'A sender of this channel needs more. Fill in what is missing.',
    'Nadawca tego kanału wymaga więcej danych. Uzupełnij brakujące.',
    'Um remetente deste canal precisa de mais dados. Preencha o que falta.',
  ],
  OPT_IN_TOKEN_WRONG: [
    'The link is not valid any more. Use that of the newest message.',
    'Ten link już nie działa. Użyj tego z najnowszej wiadomości.',
    'O link não vale mais. Use o da mensagem mais nova.',
  ],
  MESSAGE_SETTINGS_ELSEWHERE: [
    'There is one set of message settings only. Change that one.',
    'Ustawienia wiadomości są tylko jedne. Zmień właśnie te.',
    'Há uma só configuração de mensagens. Altere essa.',
  ],
  MESSAGE_USE_TWICE: [
    'A use stands twice. Put all its ways together, best first.',
    'Zastosowanie występuje dwa razy. Połącz jego drogi, od najlepszej.',
    'Um uso aparece duas vezes. Junte todas as vias dele, a melhor primeiro.',
  ],
};
