# SPDX-License-Identifier: MIT
"""A real llama.cpp server: llama_cpp_server.py MODEL.gguf PORT SLOTS [embeddings]. Ends when killed.

Needs the package xllamacpp. Serves the model as "tiny", or as "tiny-embed" for embeddings only.
"""
import sys
import time

import xllamacpp

model, port = sys.argv[1], int(sys.argv[2])
parameters = xllamacpp.CommonParams()
parameters.model.path = model
embeddings = "embeddings" in sys.argv[4:]
parameters.model_alias = {"tiny-embed" if embeddings else "tiny"}
parameters.embedding = embeddings
if embeddings:
    parameters.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
parameters.ctx_shift = True  # so that a stream can be as long as a test wants
parameters.hostnames = ["127.0.0.1"]
parameters.port = port
parameters.n_parallel = int(sys.argv[3])
parameters.n_ctx = 4096
parameters.cpuparams.n_threads = 1
server = xllamacpp.Server(parameters)
print("listening on", server.listening_address, flush=True)
while True:
    time.sleep(60)
