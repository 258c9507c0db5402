// Takes the code out of the address, where it must not stay, and into the form. What comes behind # is either a code or what went wrong with one;
// the latter the page shows by itself. Nothing is fetched before somebody presses the button: programs that look at links use up no code.

function arrive() {
  const word = location.hash.slice(1);
  const trouble = document.querySelector('.trouble:target');
  if (trouble) {
    trouble.focus();
  } else if (/^[A-Za-z0-9-]{20,80}$/.test(word)) {
    history.replaceState(null, '', location.pathname);
    document.getElementById('code').value = word;
    document.querySelector('button').focus();
  }
}

addEventListener('hashchange', arrive);
arrive();
