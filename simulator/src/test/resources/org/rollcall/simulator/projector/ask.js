// Asks a projector with the npm package pjlink and prints one JSON object.
// node ask.js HOST PORT PASSWORD QUESTION...   A question is the name of one of the client's calls
// with its argument behind a colon: getPowerState, setInput:31. PASSWORD '-' is none.
const PJLink = require('pjlink');

const [host, port, password, ...questions] = process.argv.slice(2);
const client = new PJLink(host, Number(port), password === '-' ? undefined : password);
client.settings.timeout = 20000;
const answers = {};

function next() {
  const question = questions.shift();
  if (question === undefined) {
    console.log(JSON.stringify(answers));
    process.exit(0);
  }
  const [call, argument] = question.split(':');
  const done = (error, value) => {
    answers[call] = error ? { error: error.message } : value === undefined ? 'ok' : value;
    next();
  };
  if (argument === undefined) {
    client[call](done);
  } else {
    client[call](/^\d+$/.test(argument) ? Number(argument) : argument, done);
  }
}

next();
