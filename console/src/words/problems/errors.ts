/** Errors that any request may meet. */
import type { Problems } from './problem.ts';

export const ERROR_PROBLEMS: Problems = {
  UNREACHABLE: [
    'The server does not answer. What you typed is kept; try again in a moment.',
    'Serwer nie odpowiada. To, co wpisano, jest zachowane; spróbuj za chwilę.',
    'O servidor não responde. O que você digitou está guardado; tente de novo em um instante.',
  ],
  EVENT_INVALID: [
    'The event cannot be taken: a field is missing or has the wrong form. Correct it and send it again.',
    'Zdarzenia nie można przyjąć: brakuje pola albo ma złą postać. Popraw je i wyślij ponownie.',
    'O evento não pode ser aceito: falta um campo ou a forma está errada. Corrija e envie de novo.',
  ],
  EVENT_CONFLICT: [
    'Another event with this source and id is stored already. Give the new one its own id.',
    'Inne zdarzenie o tym źródle i identyfikatorze już zapisano. Nadaj nowemu własny identyfikator.',
    'Outro evento com esta origem e id já está gravado. Dê ao novo um id próprio.',
  ],
  RESERVED_TYPE: [
    'This type is reserved for what Comptoir itself decides. Use a type of your own.',
    'Ten typ jest zarezerwowany dla decyzji Comptoir. Użyj własnego typu.',
    'Este tipo é reservado ao que o próprio Comptoir decide. Use um tipo seu.',
  ],
  SCHEMA_VIOLATION: [
    'The data does not fit the schema of its type. Correct the rejected event, or discard it.',
    'Dane nie pasują do schematu tego typu. Popraw odrzucone zdarzenie albo je usuń.',
    'Os dados não servem ao esquema do tipo. Corrija o evento rejeitado ou descarte-o.',
  ],
  INPUT_INVALID: [
    'A value cannot be used. Correct the fields that are marked.',
    'Jednej z wartości nie można użyć. Popraw oznaczone pola.',
    'Um valor não pode ser usado. Corrija os campos marcados.',
  ],
  CURSOR_INVALID: [
    'The place to go on from cannot be read. Load the list again.',
    'Nie można odczytać miejsca, od którego czytać dalej. Wczytaj listę ponownie.',
    'Não dá para ler de onde continuar. Carregue a lista de novo.',
  ],
  CURSOR_EXPIRED: [
    'What follows was removed when its time was over. Load the list again.',
    'Dalszy ciąg usunięto, bo minął jego czas. Wczytaj listę ponownie.',
    'O que seguia foi removido porque o prazo acabou. Carregue a lista de novo.',
  ],
  CURSOR_FOREIGN: [
    'The log was restored since. Load the list again.',
    'W tym czasie przywrócono dziennik. Wczytaj listę ponownie.',
    'O registro foi restaurado nesse meio-tempo. Carregue a lista de novo.',
  ],
  UNAUTHENTICATED: [
    'You are not signed in any more. Sign in again; what you typed is kept.',
    'Sesja się skończyła. Zaloguj się ponownie; to, co wpisano, jest zachowane.',
    'Você não está mais conectado. Entre de novo; o que você digitou está guardado.',
  ],
  FORBIDDEN: [
    'Your role does not allow this. Ask somebody who may, or have your role changed.',
    'Twoja rola na to nie pozwala. Poproś kogoś uprawnionego albo o zmianę roli.',
    'Seu papel não permite isto. Peça a quem pode, ou a mudança do seu papel.',
  ],
  APPROVAL_REQUIRED: [
    'Somebody else has to approve this. Ask a colleague who may.',
    'Musi to zatwierdzić ktoś inny. Poproś uprawnioną osobę z zespołu.',
    'Outra pessoa precisa aprovar isto. Peça a um colega que possa.',
  ],
  CODE_REQUIRED: [
    'The sign-in needs a code. Enter that of the authenticator app, or a recovery code.',
    'Do zalogowania potrzebny jest kod. Wpisz kod z aplikacji albo kod odzyskiwania.',
    'O acesso precisa de um código. Digite o do aplicativo autenticador ou um de recuperação.',
  ],
  CSRF_TOKEN_WRONG: [
    'The request did not come from the page that signed in. Load the page again.',
    'Żądanie nie pochodzi ze strony, na której się zalogowano. Wczytaj stronę ponownie.',
    'O pedido não veio da página em que você entrou. Recarregue a página.',
  ],
  USER_EXISTS: [
    'Somebody with this e-mail is there already. Look for them, or use another e-mail.',
    'Ktoś o tym adresie e-mail już jest. Znajdź tę osobę albo użyj innego adresu.',
    'Já há alguém com este e-mail. Procure a pessoa ou use outro e-mail.',
  ],
  LAST_OWNER: [
    'A house keeps at least one owner who can sign in. Make somebody else an owner first.',
    'Lokal musi mieć choć jednego właściciela, który może się zalogować. Najpierw nadaj tę rolę komuś innemu.',
    'A casa precisa de ao menos um dono que possa entrar. Torne outra pessoa dona antes.',
  ],
  ROLE_IN_USE: [
    'Somebody has this role. Take it from them first.',
    'Ktoś ma tę rolę. Najpierw mu ją odbierz.',
    'Alguém tem este papel. Tire-o dessa pessoa antes.',
  ],
  APPROVAL_SETTLED: [
    'The request is not open any more. Ask again.',
    'Ta prośba nie jest już otwarta. Poproś ponownie.',
    'O pedido não está mais aberto. Peça de novo.',
  ],
  NOT_FOUND: [
    'There is nothing here, or not for you. Check the address, or go back to the list.',
    'Nic tu nie ma albo nie dla ciebie. Sprawdź adres albo wróć do listy.',
    'Não há nada aqui, ou não para você. Confira o endereço ou volte à lista.',
  ],
  VERSION_CONFLICT: [
    'Somebody else changed it first. Look at it again and try once more.',
    'Ktoś inny zmienił to wcześniej. Otwórz ponownie i spróbuj jeszcze raz.',
    'Outra pessoa mudou isto antes. Veja de novo e tente outra vez.',
  ],
  PRECONDITION_FAILED: [
    'Somebody else changed it after you opened it. Look at what changed, then send yours again.',
    'Ktoś inny zmienił to po tym, jak to otwarto. Sprawdź, co się zmieniło, i wyślij swoje ponownie.',
    'Outra pessoa mudou isto depois que você abriu. Veja o que mudou e envie o seu de novo.',
  ],
  IDEMPOTENCY_MISMATCH: [
    'This was sent before with other contents. Close it, open it again and send it anew.',
    'Wysłano to wcześniej z inną treścią. Zamknij, otwórz ponownie i wyślij od nowa.',
    'Isto foi enviado antes com outro conteúdo. Feche, abra de novo e envie outra vez.',
  ],
  IDEMPOTENCY_IN_FLIGHT: [
    'The same request is still being handled. Wait a moment and look again.',
    'To samo żądanie jest jeszcze w toku. Zaczekaj chwilę i sprawdź.',
    'O mesmo pedido ainda está em andamento. Espere um instante e confira.',
  ],
  PERSON_ERASED: [
    'The data of this person were erased and cannot come back. Register the person anew.',
    'Dane tej osoby usunięto i nie da się ich przywrócić. Zapisz ją od nowa.',
    'Os dados desta pessoa foram apagados e não voltam. Cadastre-a de novo.',
  ],
  AS_OF_NOT_BUILT: [
    'There is no copy of this list as of that moment yet. Wait while it is built, or go back to now.',
    'Nie ma jeszcze kopii tej listy z tamtej chwili. Zaczekaj, aż powstanie, albo wróć do teraz.',
    'Ainda não há cópia desta lista naquele momento. Espere ela ficar pronta ou volte ao agora.',
  ],
  AS_OF_COPIES_IN_USE: [
    'Other lists are being looked at as of a moment, and no further copy fits. Go back to now, or try again in a while.',
    'Inne listy są właśnie oglądane z przeszłości i więcej kopii się nie zmieści. Wróć do teraz albo spróbuj później.',
    'Outras listas estão sendo vistas no passado e não cabe mais uma cópia. Volte ao agora ou tente mais tarde.',
  ],
  TENANT_EXISTS: [
    'A business with this id exists already. Choose another id.',
    'Firma o tym identyfikatorze już jest. Wybierz inny.',
    'Já há uma empresa com este id. Escolha outro.',
  ],
  SCHEMA_EXISTS: [
    'This version of the schema exists with other contents. Register the next version.',
    'Ta wersja schematu jest już z inną treścią. Zarejestruj następną.',
    'Esta versão do esquema existe com outro conteúdo. Registre a próxima.',
  ],
  DEAD_LETTER_SETTLED: [
    'The rejected event was settled already. Nothing is left to do.',
    'To odrzucone zdarzenie już załatwiono. Nic nie trzeba robić.',
    'O evento rejeitado já foi resolvido. Não há mais o que fazer.',
  ],
  WEBHOOK_DISABLED: [
    'The webhook is disabled. Put the receiver right, enable it and try again.',
    'Ten webhook jest wyłączony. Napraw odbiorcę, włącz go i spróbuj ponownie.',
    'O webhook está desligado. Arrume o destino, ligue-o e tente de novo.',
  ],
  TOO_LARGE: [
    'That is more than the server takes at once. Send less, or in parts.',
    'To więcej, niż serwer przyjmuje naraz. Wyślij mniej albo w częściach.',
    'Isto é mais do que o servidor aceita de uma vez. Envie menos ou em partes.',
  ],
  UNSUPPORTED_MEDIA_TYPE: [
    'The server does not take this kind of contents. Send another format.',
    'Serwer nie przyjmuje treści tego rodzaju. Wyślij w innym formacie.',
    'O servidor não aceita este tipo de conteúdo. Envie em outro formato.',
  ],
  IMAGE_UNREADABLE: [
    'The file is not a picture that can be used. Send it as JPEG, PNG, WebP or AVIF.',
    'To nie jest zdjęcie, którego można użyć. Wyślij je jako JPEG, PNG, WebP lub AVIF.',
    'O arquivo não é uma foto que se possa usar. Envie em JPEG, PNG, WebP ou AVIF.',
  ],
  IMAGE_TOO_LARGE: [
    'The picture has too many pixels. Make it smaller and send it again.',
    'Zdjęcie ma za dużo pikseli. Zmniejsz je i wyślij ponownie.',
    'A foto tem pixels demais. Reduza-a e envie de novo.',
  ],
  RATE_LIMITED: [
    'That was too often in a short time. Wait a moment and try again.',
    'To było za często w krótkim czasie. Zaczekaj chwilę i spróbuj ponownie.',
    'Foram tentativas demais em pouco tempo. Espere um instante e tente de novo.',
  ],
  OVERLOADED: [
    'The server has too much to do just now, and nothing was stored. Try again in a moment.',
    'Serwer ma teraz za dużo pracy i nic nie zapisano. Spróbuj za chwilę.',
    'O servidor está ocupado demais e nada foi gravado. Tente de novo em um instante.',
  ],
  OUTCOME_UNKNOWN: [
    'It is not known yet whether it was stored. Send it again: it will not be stored twice.',
    'Nie wiadomo jeszcze, czy to zapisano. Wyślij ponownie: nie zapisze się dwa razy.',
    'Ainda não se sabe se foi gravado. Envie de novo: não será gravado duas vezes.',
  ],
  UNAVAILABLE: [
    'The database cannot be reached just now. Try again in a moment.',
    'Baza danych jest teraz niedostępna. Spróbuj za chwilę.',
    'O banco de dados não está acessível agora. Tente de novo em um instante.',
  ],
  STORAGE_FULL: [
    'The disk of the server is full, and nothing was stored. Free space; then it goes on by itself.',
    'Dysk serwera jest pełny i nic nie zapisano. Zwolnij miejsce; potem wszystko ruszy samo.',
    'O disco do servidor está cheio e nada foi gravado. Libere espaço; depois tudo segue sozinho.',
  ],
  QUOTA_REACHED: [
    'Your business stores as much as it may. Remove files that are not needed any more.',
    'Twoja firma przechowuje już tyle, ile może. Usuń niepotrzebne pliki.',
    'Sua empresa já guarda o máximo que pode. Remova arquivos que não se usam.',
  ],
  WAIT_TIMEOUT: [
    'It took longer than expected. Load it again.',
    'Trwało to dłużej, niż powinno. Wczytaj ponownie.',
    'Demorou mais do que devia. Carregue de novo.',
  ],
  INTERNAL: [
    'Something broke inside the server. Try again; if it stays, report it with the trace id.',
    'Coś się zepsuło w serwerze. Spróbuj ponownie; jeśli to się powtórzy, zgłoś z identyfikatorem śladu.',
    'Algo quebrou no servidor. Tente de novo; se continuar, informe com o id do rastro.',
  ],
};
