// Inside DingTalk: a code for whoever is logged in there, sent to us by the page's form.
const form = document.querySelector("form[data-corp]");
const PATIENCE = 8000;
let over = false;

const got = (told) => {
  if (over || !told || !told.code) return;
  over = true;
  form.elements.code.value = told.code;
  form.submit();
};

const failed = () => {
  if (over) return;
  over = true;
  document.getElementById("waiting").hidden = true;
  document.getElementById("otherwise").hidden = false;
};

const ask = () => {
  const dd = window.dd;
  const { corp, client } = form.dataset;
  const wanted = { corpId: corp, clientId: client, success: got, fail: failed, onSuccess: got, onFail: failed };
  const older = dd.runtime && dd.runtime.permission;
  const answer = dd.requestAuthCode ? dd.requestAuthCode(wanted) : older.requestAuthCode(wanted);
  if (answer && answer.then) answer.then(got, failed);
};

try {
  setTimeout(failed, PATIENCE);
  window.dd.ready(ask);
} catch {
  failed();
}
