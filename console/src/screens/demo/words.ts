import { defineWords } from '../../words/define-words.ts';

export const words = defineWords({
  en: {
    hint: 'Hint of the demo',
    dismiss: 'Dismiss the hint',
    'today-moves-by-itself': 'Invented guests come and go by themselves. Watch the figures move.',
    'floor-take-an-order':
      'Take an order: choose a table, add what the guests want and send it to the kitchen.',
    'kitchen-bump-a-ticket':
      'Bump a ticket when it is made: it leaves the board, and its bill knows at once.',
    'events-time-machine':
      'Open an event, then its stream: the slider shows what was so at any moment before.',
    'guest-erase':
      'Erase this guest under “More”: what is personal becomes unreadable everywhere, and the figures stay.',
    'break-it': 'Break something on purpose and see that nothing is lost.',
    'break-it-link': 'Break it',
    'delete-demo': 'Delete the demo',
    'delete-title': 'Delete the demo for good',
    'delete-text':
      'Its people, sessions, keys and documents go, its guests stop and everybody in it is erased. You are signed out. It is not made again.',
    'delete-words': 'delete the demo',
    'delete-done': 'The demo is gone.',
    people: 'People of the demo',
    'people-text':
      'All have the same password: it stands in the terminal where the server was started.',
  },
  pl: {
    hint: 'Wskazówka demo',
    dismiss: 'Zamknij wskazówkę',
    'today-moves-by-itself':
      'Wymyśleni goście sami przychodzą i wychodzą. Patrz, jak zmieniają się liczby.',
    'floor-take-an-order':
      'Przyjmij zamówienie: wybierz stolik, dodaj, co goście chcą, i wyślij do kuchni.',
    'kitchen-bump-a-ticket':
      'Odznacz bon, gdy jest gotowy: znika z tablicy, a rachunek od razu o tym wie.',
    'events-time-machine':
      'Otwórz zdarzenie, a potem jego strumień: suwak pokazuje, jak było w dowolnej chwili.',
    'guest-erase':
      'Usuń dane tego gościa w menu „Więcej”: to, co osobowe, staje się wszędzie nieczytelne, a liczby zostają.',
    'break-it': 'Zepsuj coś celowo i zobacz, że nic nie ginie.',
    'break-it-link': 'Zepsuj to',
    'delete-demo': 'Usuń demo',
    'delete-title': 'Usuń demo na zawsze',
    'delete-text':
      'Znikną osoby, sesje, klucze i dokumenty, goście przestaną przychodzić, a dane wszystkich zostaną usunięte. Nastąpi wylogowanie. Demo nie powstanie ponownie.',
    'delete-words': 'usuń demo',
    'delete-done': 'Demo usunięte.',
    people: 'Osoby w demo',
    'people-text': 'Wszyscy mają to samo hasło: jest w terminalu, w którym uruchomiono serwer.',
  },
  pt: {
    hint: 'Dica da demonstração',
    dismiss: 'Fechar a dica',
    'today-moves-by-itself': 'Clientes inventados vêm e vão sozinhos. Veja os números mudarem.',
    'floor-take-an-order':
      'Anote um pedido: escolha uma mesa, adicione o que os clientes querem e envie à cozinha.',
    'kitchen-bump-a-ticket':
      'Marque um tíquete quando estiver pronto: ele sai do quadro, e a conta sabe na hora.',
    'events-time-machine':
      'Abra um evento e depois o seu fluxo: o controle mostra como era em qualquer momento anterior.',
    'guest-erase':
      'Apague este cliente em “Mais”: o que é pessoal fica ilegível em toda parte, e os números ficam.',
    'break-it': 'Quebre algo de propósito e veja que nada se perde.',
    'break-it-link': 'Quebre',
    'delete-demo': 'Apagar a demonstração',
    'delete-title': 'Apagar a demonstração de vez',
    'delete-text':
      'As pessoas, sessões, chaves e documentos se vão, os clientes param e os dados de todos são apagados. Você sai. Ela não é criada de novo.',
    'delete-words': 'apagar a demonstração',
    'delete-done': 'A demonstração foi apagada.',
    people: 'Pessoas da demonstração',
    'people-text': 'Todas têm a mesma senha: ela está no terminal em que o servidor foi iniciado.',
  },
});
