// The page of the web chat. Four things and how they meet: the log shows, the outbox sends until it is sure, the stream listens,
// the composer writes. What a visitor types is only ever text; HTML comes from the hub alone, which has made it harmless.

const API = '/api/chat';
const SILENCE = 40_000; // the hub says something every 15 s, if only that it is alive
const UNHEARD = 15_000; // a kept message of which the stream tells nothing for so long makes us listen anew
const HIDDEN = 300_000; // a browser grants a site few connections; a tab that nobody looks at gives its own back

const $ = id => document.getElementById(id);
const pause = ms => new Promise(done => setTimeout(done, ms));
const patience = attempt => Math.min(15_000, 1000 * 2 ** attempt) * (0.75 + Math.random() / 2);
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('serai') : null;

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// crypto.randomUUID is there on https and localhost only, and a hub may be reached by its bare address.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 0x0f | 0x40;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

// ---- The log: what was said, and what is just being said ----

const log = {
  list: $('log'),
  unseen: 0,

  find: id => document.querySelector(`[data-id="${CSS.escape(id)}"]`),

  // Says whether the end is in view before something is added; only then does the view move along.
  following(change) {
    const view = $('scroll');
    const atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < 80;
    const result = change();
    if (atEnd) view.scrollTop = view.scrollHeight;
    return result;
  },

  toEnd() {
    $('scroll').scrollTop = $('scroll').scrollHeight;
    $('newest').hidden = true;
  },

  // An entry of the history, or one that has just been said.
  entry({id, role, text, html, at}) {
    const words = make('div', {className: 'words', dir: 'auto'});
    if (html) this.rich(words, html); else words.textContent = text;
    const item = make('li', {className: `message ${role === 'user' ? 'user' : 'assistant'}`},
      make('span', {className: 'unseen', textContent: role === 'user' ? 'You: ' : `${title.name}: `}),
      words, make('div', {className: 'beneath'}));
    if (id) item.dataset.id = id;
    item.dataset.at = at;
    this.beneath(item, clock(at));
    return item;
  },

  beneath: (item, ...content) => item.querySelector('.beneath').replaceChildren(...content),

  append(item) {
    $('welcome').hidden = true;
    const items = this.withDay(this.list.lastElementChild, item);
    this.following(() => this.list.append(...items));
    if (items.length > 1) this.renameDays();
  },

  // What was today may be yesterday by now.
  renameDays() {
    this.list.querySelectorAll('.day').forEach(label => label.textContent = day(label.nextElementSibling.dataset.at));
  },

  withDay(before, item) {
    const same = before?.dataset.at && day(before.dataset.at) === day(item.dataset.at);
    return same ? [item] : [make('li', {className: 'day', textContent: day(item.dataset.at)}), item];
  },

  prepend(entries) {
    const height = $('scroll').scrollHeight;
    const first = this.list.firstElementChild;
    const items = [];
    for (const entry of entries) items.push(...this.withDay(items.at(-1), this.entry(entry)));
    const next = first?.nextElementSibling;
    if (next && items.length && day(items.at(-1).dataset.at) === day(next.dataset.at)) first.remove();
    this.list.prepend(...items);
    $('scroll').scrollTop += $('scroll').scrollHeight - height;
  },

  // A reply, or one more part of a reply that is already there.
  reply({replyId, html, text, at}) {
    this.draft('');
    const begun = this.find(replyId);
    if (begun) {
      this.following(() => this.rich(begun.querySelector('.words'), html));
    } else {
      this.append(this.entry({id: replyId, role: 'assistant', text, html, at}));
    }
    const view = $('scroll');
    $('newest').hidden = view.scrollHeight - view.scrollTop - view.clientHeight < 80;
    if (document.hidden) title.count(++this.unseen);
  },

  // The hub's HTML, with what only a page can add: tables and code that scroll, code that can be copied, a way to another page of the hub.
  rich(words, html) {
    const content = make('template', {innerHTML: html}).content;
    content.querySelectorAll('code').forEach(code => {
      if (!/^\/export\.html#[A-Z0-9-]+$/.test(code.textContent)) return;
      code.replaceWith(make('a', {href: code.textContent, target: '_blank', rel: 'noopener', textContent: code.textContent}));
    });
    content.querySelectorAll('table').forEach(table => {
      const frame = make('div', {className: 'table', tabIndex: 0, role: 'region', ariaLabel: 'Table'});
      table.replaceWith(frame);
      frame.append(table);
    });
    content.querySelectorAll('pre').forEach(pre => {
      const frame = make('div', {className: 'code'});
      pre.replaceWith(frame);
      pre.tabIndex = 0;
      frame.append(pre);
      if (navigator.clipboard) frame.append(copyButton(pre));
    });
    words.classList.add('rich');
    words.append(content);
  },

  typing(on) {
    const dots = on && $('draft').hidden;
    this.following(() => $('typing').replaceChildren(...dots
      ? [make('span', {className: 'unseen', textContent: `${title.name} is writing`}), make('i'), make('i'), make('i')] : []));
  },

  draft(text) {
    this.following(() => {
      $('draft').textContent = text;
      $('draft').hidden = !text;
    });
    this.typing(false);
  },
};

function copyButton(pre) {
  const button = make('button', {type: 'button', className: 'copy', textContent: 'Copy'});
  button.onclick = async () => {
    await navigator.clipboard.writeText(pre.textContent);
    button.textContent = 'Copied';
    setTimeout(() => button.textContent = 'Copy', 2000);
  };
  return button;
}

const clockFormat = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit'});
const dayFormat = new Intl.DateTimeFormat(undefined, {weekday: 'long', day: 'numeric', month: 'long'});
const nearFormat = new Intl.RelativeTimeFormat(undefined, {numeric: 'auto'});

const clock = at => make('time', {dateTime: at, textContent: clockFormat.format(new Date(at))});

function day(at) {
  const midnight = date => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const ago = Math.round((midnight(new Date(at)) - midnight(new Date())) / 86_400_000);
  const words = ago > -2 ? nearFormat.format(ago, 'day') : dayFormat.format(new Date(at));
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

const title = {
  name: document.title,
  count: unseen => document.title = unseen ? `(${unseen}) ${title.name}` : title.name,
};

// ---- The connection, in plain words ----

const connection = {
  state: 'connecting',

  is(state) {
    this.state = state;
    this.tell();
  },

  tell() {
    const waiting = outbox.items.filter(item => !item.refused).length;
    const kept = waiting ? `. ${waiting === 1 ? 'Your message is' : `${waiting} messages are`} kept here until then` : '';
    $('connection').dataset.state = this.state;
    $('connection').textContent = {connecting: 'Connecting…', connected: 'Connected', away: `No connection, trying again${kept}`}[this.state];
  },
};

// ---- The outbox: what was written but is not yet known to be kept; it outlives a reload ----

const KEPT = 'serai.outbox.';

const outbox = {
  items: [],
  open: false,
  busy: false,
  wake: () => {},

  // Each message under a key of its own, since another tab has messages of its own.
  save(item) {
    try {
      localStorage.setItem(KEPT + item.id, JSON.stringify(item));
    } catch {
      // Storage is full or forbidden: the message is still sent, it only would not outlive a reload.
    }
    connection.tell();
  },

  drop(item) {
    this.items = this.items.filter(other => other.id !== item.id);
    try {
      localStorage.removeItem(KEPT + item.id);
    } catch {
      // Storage is forbidden: nothing was kept there.
    }
    connection.tell();
  },

  load() {
    try {
      this.items = Object.keys(localStorage)
        .filter(key => key.startsWith(KEPT))
        .map(key => JSON.parse(localStorage.getItem(key)))
        .sort((one, other) => one.at < other.at ? -1 : 1);
    } catch {
      this.items = [];
    }
    this.items.forEach(item => this.show(item));
  },

  // Only now, since a first request makes the visitor's cookie, and two first requests would make two.
  begin() {
    this.open = true;
    this.flush();
  },

  put(text) {
    const item = {id: uuid(), text, at: new Date().toISOString()};
    this.items.push(item);
    this.save(item);
    this.show(item);
    log.toEnd();
    this.flush();
  },

  show(item) {
    const entry = log.entry({id: item.id, role: 'user', text: item.text, at: item.at});
    log.append(entry);
    this.mark(item, item.refused ? 'failed' : 'sending');
  },

  mark(item, state) {
    const entry = log.find(item.id);
    if (!entry) return;
    entry.dataset.state = state;
    const button = (textContent, onclick) => make('button', {type: 'button', textContent, onclick});
    log.following(() => log.beneath(entry, ...{
      sending: ['Sending…'],
      waiting: ['Not sent yet, trying again', button('Try now', () => this.wake())],
      failed: [item.refused, button('Edit', () => this.edit(item))],
    }[state]));
  },

  // One after the other, so that they arrive in the order in which they were written.
  async flush() {
    if (this.busy || !this.open) return;
    this.busy = true;
    for (let attempt = 0, item; (item = this.items.find(each => !each.refused));) {
      const wait = await this.send(item, attempt);
      attempt = wait ? attempt + 1 : 0;
      if (wait) await Promise.race([pause(wait), new Promise(now => this.wake = now)]);
    }
    this.busy = false;
  },

  // Sends it with the id it was born with, so that however often it is sent it is said once. Returns how long to wait, or nothing.
  async send(item, attempt) {
    this.mark(item, attempt ? 'waiting' : 'sending');
    let answer;
    try {
      answer = await fetch(API, {
        method: 'POST',
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({text: item.text, id: item.id}),
        signal: AbortSignal.timeout(60_000),
      });
      if (answer.ok) return this.kept(item, await answer.json());
    } catch {
      answer = null;
    }
    if (answer && answer.status < 500 && ![408, 425, 429].includes(answer.status)) {
      return this.refuse(item, (await answer.json().catch(() => ({}))).detail ?? `It was refused (${answer.status}).`);
    }
    this.mark(item, 'waiting');
    return Number(answer?.headers.get('Retry-After')) * 1000 || patience(attempt);
  },

  kept(item, {message}) {
    this.drop(item);
    this.settle(item, message);
    tabs?.postMessage({...item, message});
    stream.expect();
  },

  // The message is stored under its own name; here it may be there already, from the history or from another tab.
  settle(item, message) {
    const entry = log.find(item.id) ?? log.entry({role: 'user', text: item.text, at: item.at});
    if (log.find(message)) return entry.remove();
    entry.dataset.id = message;
    entry.dataset.state = 'kept';
    log.beneath(entry, clock(item.at), make('span', {textContent: '✓', title: 'Received', role: 'img', ariaLabel: 'Received'}));
    if (!entry.isConnected) log.append(entry);
  },

  refuse(item, why) {
    item.refused = why.charAt(0).toUpperCase() + why.slice(1);
    this.save(item);
    this.mark(item, 'failed');
  },

  edit(item) {
    this.drop(item);
    log.find(item.id)?.remove();
    composer.write([item.text, composer.field.value].filter(Boolean).join('\n'));
  },

  // Another tab has brought it through.
  heard({id, text, at, message}) {
    this.drop({id});
    this.settle({id, text, at}, message);
  },
};

// ---- The stream: what the hub says ----

const stream = {
  last: 0,
  text: '',
  attempt: 0,
  call: new AbortController(),
  wake: () => {},

  async follow() {
    for (;;) {
      await this.looked();
      try {
        await this.listen();
      } catch {
        // It broke off, or we let go of it; what was missed comes when we are back, since we say where we were.
      }
      if (!this.letGo) {
        connection.is('away');
        await Promise.race([pause(patience(this.attempt++)), new Promise(now => this.wake = now)]);
      }
      this.letGo = false;
    }
  },

  async listen() {
    this.call = new AbortController();
    const silence = watchdog(SILENCE, () => this.call.abort());
    try {
      const answer = await fetch(`${API}/events`, {
        headers: {'Accept': 'text/event-stream', 'Last-Event-ID': String(this.last)}, cache: 'no-store', signal: this.call.signal,
      });
      if (!answer.ok) throw new Error(`no stream: ${answer.status}`);
      this.attempt = 0;
      connection.is('connected');
      outbox.wake();
      this.restart();
      for await (const event of events(answer.body, silence.pat)) this.heed(event);
    } finally {
      silence.stop();
    }
  },

  heed({name, id, data}) {
    this.expected?.stop();
    const heard = JSON.parse(data);
    if (id) this.last = Number(id);
    if (name === 'message') {
      this.text = '';
      log.reply(heard);
    } else if (name === 'typing') {
      if (!heard.on) this.restart();
      log.typing(heard.on);
    } else if (name === 'token') {
      log.draft(this.text += heard.text);
    } else if (name === 'restart') {
      this.restart();
    }
  },

  restart() {
    this.text = '';
    log.draft('');
  },

  // Something will be told soon. If not, this stream may not be ours any more, say because the cookies were cleared.
  expect() {
    this.expected?.stop();
    this.expected = watchdog(UNHEARD, () => this.again());
  },

  again() {
    this.letGo = true;
    this.call.abort();
  },

  looked: () => document.hidden && hiddenLong ? new Promise(seen => document.addEventListener('visibilitychange', seen, {once: true})) : null,
};

function watchdog(ms, bite) {
  let timer = setTimeout(bite, ms);
  return {
    pat() {
      clearTimeout(timer);
      timer = setTimeout(bite, ms);
    },
    stop: () => clearTimeout(timer),
  };
}

// Server-sent events as the HTML standard has them (9.2.6). Not an EventSource: that one cannot tell silence from a dead line,
// and gives up for good at the first answer that is not 200.
async function* events(body, onLife) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  let event = {name: 'message', data: []};
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    onLife();
    buffer += chunk.value;
    const lines = buffer.split(/\r\n|\n|\r(?!$)/);
    buffer = lines.pop();
    for (const line of lines) {
      const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
      if (line === '') {
        if (event.data.length) yield {...event, data: event.data.join('\n')};
        event = {name: 'message', data: []};
      } else if (field === 'event') {
        event.name = value;
      } else if (field === 'data') {
        event.data.push(value);
      } else if (field === 'id') {
        event.id = value;
      }
    }
  }
}

let hiddenLong = false;
let hiddenTimer;
document.addEventListener('visibilitychange', () => {
  clearTimeout(hiddenTimer);
  hiddenLong = false;
  if (document.hidden) {
    hiddenTimer = setTimeout(() => {
      hiddenLong = true;
      stream.again();
    }, HIDDEN);
  } else {
    title.count(log.unseen = 0);
    stream.wake();
  }
});

// ---- The composer ----

const composer = {
  field: $('text'),
  maxLength: 16_000,

  write(text) {
    this.field.value = text;
    this.measure();
    this.field.focus();
  },

  measure() {
    const {field} = this;
    if (!CSS.supports('field-sizing', 'content')) {
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight}px`;
    }
    const length = [...field.value].length;
    const over = length > this.maxLength;
    $('length').textContent = length > this.maxLength * 0.8 ? `${length.toLocaleString()} of ${this.maxLength.toLocaleString()} characters` : '';
    $('length').toggleAttribute('data-over', over);
    $('send').disabled = over || !field.value.trim();
  },

  submit() {
    if ($('send').disabled) return;
    outbox.put(this.field.value.trim());
    this.write('');
  },
};

$('composer').addEventListener('submit', event => {
  event.preventDefault();
  composer.submit();
});
composer.field.addEventListener('input', () => composer.measure());
composer.field.addEventListener('keydown', event => {
  // While an input method is composing, Enter chooses a candidate.
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    composer.submit();
  }
});

// ---- Opening the page ----

async function read(path) {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await fetch(API + path, {cache: 'no-store'});
      if (answer.ok) return await answer.json();
    } catch {
      // The hub cannot be reached; the next round may find it.
    }
    connection.is('away');
    await pause(patience(attempt));
  }
}

async function introduce() {
  const about = await read('/about');
  document.title = title.name = $('title').textContent = about.title;
  $('greeting').textContent = about.greeting;
  $('notice').textContent = about.notice ?? '';
  $('notice').hidden = !about.notice;
  composer.maxLength = about.maxLength;
  composer.measure();
}

// The entry before which the history goes on.
let earliest;

async function recall() {
  const talk = await read(`/messages${earliest ? `?before=${earliest}` : ''}`);
  earliest = talk.messages[0]?.id ?? earliest;
  $('earlier').hidden = !talk.more;
  log.prepend(talk.messages);
  return talk;
}

$('earlier').addEventListener('click', async () => {
  $('earlier').disabled = true;
  await recall();
  $('earlier').disabled = false;
});
$('newest').addEventListener('click', () => {
  log.toEnd();
  composer.field.focus();
});
$('scroll').addEventListener('scroll', () => {
  const view = $('scroll');
  if (view.scrollHeight - view.scrollTop - view.clientHeight < 80) $('newest').hidden = true;
}, {passive: true});
window.addEventListener('online', () => {
  outbox.wake();
  stream.wake();
});
tabs?.addEventListener('message', ({data}) => outbox.heard(data));

window.addEventListener('offline', () => stream.call.abort());
outbox.load();
await introduce();
stream.last = (await recall()).lastEventId;
$('welcome').hidden = log.list.childElementCount > 0;
log.toEnd();
outbox.begin();
if (matchMedia('(hover: hover)').matches) composer.field.focus();
// From here on a screen reader hears what is new, and not the whole history.
setTimeout(() => log.list.setAttribute('aria-live', 'polite'), 500);
stream.follow();
