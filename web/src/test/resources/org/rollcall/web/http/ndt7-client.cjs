// Runs the npm package @m-lab/ndt7 against HOST:PORT and prints one JSON line.
// The package is written for browsers: Worker is a thing of theirs, and WebSocket of newer Nodes.
// Usage: node ndt7-client.cjs FOLDER-OF-THE-PACKAGES HOST:PORT
'use strict';
const path = require('path');
const { Worker: Thread } = require('worker_threads');

const [modules, server] = process.argv.slice(2);
const source = path.join(modules, '@m-lab', 'ndt7', 'src');

const inThread = `
  const { parentPort, workerData } = require('worker_threads');
  globalThis.self = globalThis;
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  if (typeof WebSocket === 'undefined') {
    globalThis.WebSocket = require(workerData.ws);
  }
  const code = require('fs').readFileSync(workerData.file, 'utf8');
  require('vm').runInThisContext(code, { filename: workerData.file });
  parentPort.on('message', (data) => globalThis.onmessage({ data }));
`;

globalThis.Worker = class {
  constructor(file) {
    this.thread = new Thread(inThread, {
      eval: true,
      workerData: { file, ws: path.join(modules, 'ws') },
    });
    this.thread.on('message', (data) => this.onmessage({ data }));
    this.thread.on('error', (fault) => this.onmessage({ data: { MsgType: 'error', Error: String(fault) } }));
  }
  postMessage(message) {
    this.thread.postMessage(message);
  }
  terminate() {
    this.thread.terminate();
  }
};

const ndt7 = require(path.join(source, 'ndt7.js'));
const seen = { download: {}, upload: {} };
const keep = (way) => (measurement) => {
  seen[way][measurement.Source] = measurement.Data;
};

ndt7
  .test(
    {
      server,
      protocol: 'ws',
      userAcceptedDataPolicy: true,
      mlabDataPolicyInapplicable: true,
      downloadworkerfile: path.join(source, 'ndt7-download-worker.js'),
      uploadworkerfile: path.join(source, 'ndt7-upload-worker.js'),
    },
    {
      error: (fault) => {
        seen.error = String(fault);
      },
      downloadMeasurement: keep('download'),
      uploadMeasurement: keep('upload'),
    },
  )
  .then((code) => {
    console.log(JSON.stringify({ code, ...seen }));
    process.exit(0);
  });
