/** What the commands of messages do. */
import type { ModuleNames } from './name.ts';

export const MESSAGE_ABOUT: ModuleNames['about'] = {
  RequestMessage: [
    'Zleca jedną wiadomość do jednej osoby.',
    'Pede que uma mensagem vá a uma pessoa.',
  ],
  ResendMessage: [
    'Wysyła ponownie to, czego los jest nieznany; może dojść dwa razy.',
    'Reenvia o que não se sabe se saiu; pode chegar duas vezes.',
  ],
  GiveUpMessage: [
    'Uznaje za niewysłane to, czego los jest nieznany.',
    'Conta como não enviado o que não se sabe se saiu.',
  ],
  CancelMessage: ['Cofa to, co jeszcze nie wyszło.', 'Retira o que ainda não saiu.'],
  DraftCampaign: [
    'Przygotowuje wiadomość do wszystkich z segmentu gości.',
    'Prepara uma mensagem a todos de um segmento de clientes.',
  ],
  ChangeCampaign: [
    'Zmienia to, co się jeszcze nie zaczęło; co pominięto, zostaje.',
    'Altera o que ainda não começou; o que for omitido fica.',
  ],
  ScheduleCampaign: ['Zacznie się sama o podanej porze.', 'Começa sozinha no momento dado.'],
  UnscheduleCampaign: ['Znów jest szkicem.', 'Volta a ser rascunho.'],
  StartScheduledCampaign: [
    'Rusza o swojej porze albo zapisuje, czego brakowało.',
    'Começa na hora marcada ou anota o que faltou.',
  ],
  StartCampaign: [
    'Pisze do wszystkich, którzy są teraz w segmencie.',
    'Escreve a todos que estão agora no segmento.',
  ],
  PauseCampaign: ['Co nie wyszło, czeka.', 'O que não saiu espera.'],
  ResumeCampaign: ['Wysyła dalej to, co czeka.', 'Segue com o que espera.'],
  CancelCampaign: [
    'Kończy kampanię; co nie wyszło, już nie wyjdzie.',
    'Encerra a campanha; o que não saiu não sairá mais.',
  ],
  ReplyInConversation: [
    'Odpowiada: swobodnie w ciągu 24 godzin od ostatniej wiadomości osoby, potem szablonem.',
    'Responde: livremente até 24 horas após a última mensagem da pessoa, depois com um modelo.',
  ],
  AssignConversation: [
    'Przydziela rozmowę osobie; „brak”: nikomu.',
    'Atribui a conversa a uma pessoa; “nenhum”: a ninguém.',
  ],
  SeeConversation: ['Zapisuje, że ktoś przeczytał.', 'Anota que alguém leu.'],
  CloseConversation: [
    'Nie ma już na co odpowiadać; następna wiadomość otwiera ją ponownie.',
    'Não há mais o que responder; a próxima mensagem a reabre.',
  ],
  OptInConversation: [
    'Zapisuje, że osoba znów chce wiadomości, i jak to powiedziała.',
    'Anota que a pessoa quer mensagens de novo, e como disse isso.',
  ],
  CreateTemplate: ['Pisze szablon wiadomości.', 'Escreve um modelo de mensagem.'],
  ChangeTemplate: [
    'Pisze następną wersję; trzeba ją znów przekazać do oceny.',
    'Escreve a próxima versão; ela precisa ser avaliada de novo.',
  ],
  SubmitTemplate: [
    'Oddaje najnowszą wersję dostawcy do oceny; e-mail i SMS jej nie potrzebują.',
    'Entrega a versão mais nova ao provedor para avaliação; e-mail e SMS não precisam.',
  ],
  ArchiveTemplate: [
    'Zdejmuje szablon z listy; co zlecono wcześniej, jeszcze wyjdzie.',
    'Tira o modelo da lista; o que foi pedido antes ainda sai.',
  ],
  AddMessageSender: [
    'Dodaje numer WhatsApp lub adres e-mail, z którego piszemy.',
    'Adiciona um número de WhatsApp ou e-mail de onde se escreve.',
  ],
  ChangeMessageSender: [
    'Zmienia to, co podano; „brak” zdejmuje limit, a co pominięto, zostaje.',
    'Altera o que for informado; “nenhum” tira um limite, e o que for omitido fica.',
  ],
  PauseMessageSender: [
    'Nic z niego nie wychodzi do wznowienia.',
    'Nada sai dele até ser retomado.',
  ],
  ResumeMessageSender: ['Co czeka, znów wychodzi.', 'O que espera volta a sair.'],
  CloseMessageSender: [
    'Nic już z niego nie wyjdzie; co czeka, przepada.',
    'Nada mais sairá dele; o que espera é descartado.',
  ],
  LiftSuppression: [
    'Zdejmuje adres z listy; tylko gdy osoba o to prosiła.',
    'Tira o endereço da lista; só se a pessoa pediu.',
  ],
  SetMessageSettings: [
    'Mówi, co wysyła się samo; co pominięto, zostaje.',
    'Diz o que é enviado sozinho; o que for omitido fica.',
  ],
};
