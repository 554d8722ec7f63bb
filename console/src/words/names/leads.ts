/** Quizzes, their sessions, and leads. */
import { LEAD_FIELDS, LEAD_HINTS, LEAD_VALUES } from './leads-fields.ts';
import type { ModuleNames } from './name.ts';

export const names: ModuleNames = {
  title: ['Leads', 'Leady', 'Leads'],
  summary: [
    'Quizzes that anybody may answer, and the people who may become guests: where they came from, what they said, who gets back to them.',
    'Quizy dla każdego i ludzie, którzy mogą zostać gośćmi: skąd przyszli, co powiedzieli, kto się do nich odezwie.',
    'Quizzes que qualquer um pode responder, e quem pode virar cliente: de onde veio, o que disse, quem dá retorno.',
  ],
  aggregates: {
    'leads.quizzes': { one: ['Quiz', 'Quiz', 'Quiz'], many: ['Quizzes', 'Quizy', 'Quizzes'] },
    'leads.sessions': {
      one: ['Visit to a quiz', 'Wizyta w quizie', 'Visita a um quiz'],
      many: ['Visits to quizzes', 'Wizyty w quizach', 'Visitas aos quizzes'],
    },
    leads: { one: ['Lead', 'Lead', 'Lead'], many: ['Leads', 'Leady', 'Leads'] },
  },
  commands: {
    CreateQuiz: ['Create a quiz', 'Utwórz quiz', 'Criar quiz'],
    SaveQuizDraft: ['Save a draft', 'Zapisz szkic', 'Salvar rascunho'],
    PublishQuiz: ['Publish', 'Opublikuj', 'Publicar'],
    CloseQuiz: ['Close the quiz', 'Zamknij quiz', 'Fechar o quiz'],
    ReopenQuiz: ['Open it again', 'Otwórz ponownie', 'Reabrir'],
    StartQuizSession: ['Start a visit', 'Rozpocznij wizytę', 'Iniciar visita'],
    AnswerQuizQuestion: ['Answer a question', 'Odpowiedz na pytanie', 'Responder pergunta'],
    AbandonQuizSession: ['Note that nobody answers', 'Oznacz jako porzuconą', 'Anotar abandono'],
    CaptureLead: ['Note a lead', 'Zapisz leada', 'Anotar lead'],
    ChangeLeadContact: ['Change the contact', 'Zmień dane kontaktowe', 'Alterar o contato'],
    QualifyLead: ['Grade the lead', 'Oceń leada', 'Qualificar o lead'],
    AssignLead: ['Assign', 'Przydziel', 'Atribuir'],
    ValueLead: ['Set the value', 'Ustaw wartość', 'Definir o valor'],
    MoveLead: ['Move to another stage', 'Zmień etap', 'Mudar de etapa'],
    NoteOnLead: ['Write a note', 'Dodaj notatkę', 'Escrever observação'],
    LinkLeadToCustomer: ['Link to a guest', 'Połącz z gościem', 'Ligar a um cliente'],
    RequestLeadFollowUp: ['Ask for a follow-up', 'Poproś o kontakt', 'Pedir retorno'],
    FinishLeadFollowUp: ['Followed up', 'Załatwione', 'Retorno feito'],
  },
  about: {
    CreateQuiz: [
      'Tworzy quiz jako szkic albo od razu opublikowany; jego identyfikatorem jest adres.',
      'Cria um quiz, como rascunho ou já publicado; o id é o seu endereço.',
    ],
    SaveQuizDraft: [
      'Zapisuje następną wersję jako szkic; odpowiedź mówi, co nie pozwala jej opublikować.',
      'Salva a próxima versão como rascunho; a resposta diz o que impede a publicação.',
    ],
    PublishQuiz: [
      'Publikuje szkic jako wersję dla nowych wizyt.',
      'Publica o rascunho como a versão das novas visitas.',
    ],
    CloseQuiz: [
      'Nowych wizyt już nie ma; rozpoczęte można dokończyć.',
      'Não inicia mais visitas; as que estão em curso podem terminar.',
    ],
    ReopenQuiz: ['Znów pozwala zaczynać wizyty.', 'Volta a iniciar visitas.'],
    StartQuizSession: [
      'Zaczyna wizytę w opublikowanej wersji quizu.',
      'Inicia uma visita na versão publicada de um quiz.',
    ],
    AnswerQuizQuestion: [
      'Odpowiada na zadane pytanie albo zmienia wcześniejszą odpowiedź.',
      'Responde à pergunta feita, ou muda uma resposta anterior.',
    ],
    AbandonQuizSession: [
      'Zapisuje, że nikt nie odpowiedział tak długo, jak pozwala quiz.',
      'Anota que ninguém respondeu pelo tempo que o quiz permite.',
    ],
    CaptureLead: [
      'Zapisuje kogoś, kto może zostać gościem, albo nowe dane z wizyty w quizie.',
      'Anota quem pode virar cliente, ou o que uma visita trouxe de novo.',
    ],
    ChangeLeadContact: [
      'Zmienia nazwisko, e-mail lub telefon; co pominięto, zostaje.',
      'Altera nome, e-mail ou telefone; o que for omitido fica.',
    ],
    QualifyLead: ['Zapisuje punkty i ocenę.', 'Anota pontuação e nota.'],
    AssignLead: [
      'Przydziela leada osobie; „brak”: nikomu.',
      'Atribui o lead a uma pessoa; “nenhum”: a ninguém.',
    ],
    ValueLead: ['Mówi, ile lead może być wart.', 'Diz quanto o lead pode valer.'],
    MoveLead: [
      'Przenosi leada na inny etap; przegrana, cofnięcie i ponowne otwarcie wymagają powodu.',
      'Leva o lead a outra etapa; perder, voltar e reabrir pedem um motivo.',
    ],
    NoteOnLead: ['Zapisuje notatkę.', 'Guarda uma observação.'],
    LinkLeadToCustomer: ['Mówi, którym gościem jest lead.', 'Diz qual cliente o lead é.'],
    RequestLeadFollowUp: [
      'Prosi, żeby ktoś odezwał się do leada.',
      'Pede que alguém dê retorno ao lead.',
    ],
    FinishLeadFollowUp: ['Zapisuje, że ktoś się odezwał.', 'Anota que alguém deu retorno.'],
  },
  fields: LEAD_FIELDS,
  hints: LEAD_HINTS,
  values: LEAD_VALUES,
  events: {
    'quiz.created': ['Quiz created', 'Utworzono quiz', 'Quiz criado'],
    'quiz.draft-saved': ['Draft saved', 'Zapisano szkic', 'Rascunho salvo'],
    'quiz.published': ['Quiz published', 'Opublikowano quiz', 'Quiz publicado'],
    'quiz.closed': ['Quiz closed', 'Zamknięto quiz', 'Quiz fechado'],
    'quiz.reopened': ['Quiz opened again', 'Otwarto quiz ponownie', 'Quiz reaberto'],
    'quiz-session.started': ['Visit started', 'Rozpoczęto wizytę', 'Visita iniciada'],
    'quiz-session.question-answered': [
      'Question answered',
      'Odpowiedź na pytanie',
      'Pergunta respondida',
    ],
    'quiz-session.contact-given': ['Contact given', 'Zostawiono kontakt', 'Contato deixado'],
    'quiz-session.completed': ['Quiz completed', 'Ukończono quiz', 'Quiz concluído'],
    'quiz-session.abandoned': ['Visit abandoned', 'Porzucono wizytę', 'Visita abandonada'],
    'quiz-session.resumed': ['Visit resumed', 'Wznowiono wizytę', 'Visita retomada'],
    'quiz-session.found-active': ['Still answering', 'Wciąż odpowiada', 'Ainda respondendo'],
    'lead.captured': ['Lead captured', 'Nowy lead', 'Novo lead'],
    'lead.contact-changed': ['Contact changed', 'Zmieniono dane kontaktowe', 'Contato alterado'],
    'lead.qualified': ['Lead graded', 'Oceniono leada', 'Lead qualificado'],
    'lead.assigned': ['Lead assigned', 'Przydzielono leada', 'Lead atribuído'],
    'lead.valued': ['Value set', 'Ustawiono wartość', 'Valor definido'],
    'lead.moved': ['Stage changed', 'Zmieniono etap', 'Etapa alterada'],
    'lead.noted': ['Note written', 'Dodano notatkę', 'Observação escrita'],
    'lead.linked-to-customer': ['Linked to a guest', 'Połączono z gościem', 'Ligado a um cliente'],
    'lead.follow-up-requested': ['Follow-up asked for', 'Poproszono o kontakt', 'Retorno pedido'],
    'lead.follow-up-done': ['Followed up', 'Skontaktowano się', 'Retorno feito'],
  },
};
