"""Indexes of Python libraries for `bench rivals`, which starts this and says what to do.

One JSON object a line comes on the standard input, one goes back on the standard output;
the class Script of the Java side tells which. Everything runs on one thread. A search asks
queries one by one, and its time is the CPU time of this process around the loop, so that
threads which a library has of its own count as well.
"""

import importlib
import importlib.metadata
import json
import os
import platform
import shutil
import sys
import tempfile
import threading
import time

# Libraries that print would break the protocol: what they print goes to the error stream.
ANSWERS = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

PACKAGES = {
    "numpy": "numpy",
    "hnswlib": "hnswlib",
    "usearch": "usearch",
    "faiss": "faiss-cpu",
    "lancedb": "lancedb",
}


class Unsupported(Exception):
    """A library that cannot do what was asked."""


class Set:
    """The vectors and queries that everything is about."""

    def __init__(self, request):
        import numpy

        self.dimension = request["dimension"]
        self.metric = request["metric"]
        self.work = request["work"]
        self.vectors = numpy.memmap(
            request["vectors"],
            dtype="<f4",
            mode="r",
            shape=(request["count"], self.dimension),
        )
        self.queries = numpy.fromfile(
            request["queries"], dtype="<f4", count=request["query_count"] * self.dimension
        ).reshape(-1, self.dimension)

    def file_size(self, write):
        """The bytes that `write` puts into a file."""
        with tempfile.NamedTemporaryFile(dir=self.work) as file:
            write(file.name)
            return os.path.getsize(file.name)


class Hnswlib:
    def __init__(self, data, parameters):
        import hnswlib
        import numpy

        # Vectors are of length one under cosine.
        space = "l2" if data.metric == "l2" else "ip"
        self.index = hnswlib.Index(space=space, dim=data.dimension)
        self.index.init_index(
            max_elements=len(data.vectors),
            M=parameters["M"],
            ef_construction=parameters["ef_construction"],
            random_seed=42,
        )
        self.index.set_num_threads(1)
        self.index.add_items(numpy.asarray(data.vectors), num_threads=1)
        self.size = self.index.index_file_size
        self.filter = None

    def accept(self, items):
        if items is None:
            self.filter = None
        else:
            mask = bytearray(self.index.get_max_elements())
            for item in items:
                mask[item] = 1
            self.filter = lambda label: mask[label] != 0

    def searcher(self, setting, k):
        self.index.set_ef(max(k, int(setting["ef"])))
        index, accepted = self.index, self.filter

        def search(query):
            try:
                return index.knn_query(query, k=k, num_threads=1, filter=accepted)[0][0]
            except RuntimeError:
                # It has found fewer than k, which it takes for an error.
                return []

        return search


class USearch:
    def __init__(self, data, parameters):
        import numpy
        from usearch.index import Index

        self.index = Index(
            ndim=data.dimension,
            metric="l2sq" if data.metric == "l2" else "ip",
            dtype=parameters["dtype"],
            connectivity=parameters["connectivity"],
            expansion_add=parameters["expansion_add"],
        )
        keys = numpy.arange(len(data.vectors), dtype=numpy.uint64)
        self.index.add(keys, numpy.asarray(data.vectors), threads=1)
        self.size = lambda: data.file_size(self.index.save)

    def accept(self, items):
        if items is not None:
            raise Unsupported("usearch has no filter in Python")

    def searcher(self, setting, k):
        self.index.expansion_search = int(setting["expansion_search"])
        index = self.index
        return lambda query: index.search(query, k, threads=1).keys


class Faiss:
    def __init__(self, data, parameters):
        import faiss
        import numpy

        faiss.omp_set_num_threads(1)
        self.faiss = faiss
        # Under cosine vectors are of length one, and then both orders are the same.
        self.index = faiss.index_factory(
            data.dimension, parameters["factory"], faiss.METRIC_L2
        )
        vectors = numpy.asarray(data.vectors)
        self.index.train(vectors)
        self.index.add(vectors)
        self.size = lambda: data.file_size(lambda name: faiss.write_index(self.index, name))
        self.selector = None
        self.probe = numpy.ascontiguousarray(vectors[:1])

    def accept(self, items):
        import numpy

        if items is None:
            self.selector = None
            return
        mask = numpy.zeros(self.index.ntotal, dtype=bool)
        mask[items] = True
        self.selector = self.faiss.IDSelectorBitmap(numpy.packbits(mask, bitorder="little"))
        try:
            self.searcher({"nprobe": 1, "k_factor": 1}, 1)(self.probe[0])
        except RuntimeError as error:
            self.selector = None
            raise Unsupported(str(error)) from error

    def searcher(self, setting, k):
        faiss, index = self.faiss, self.index
        chosen = {"nprobe": int(setting["nprobe"])}
        if self.selector is not None:
            chosen["sel"] = self.selector
        refined = isinstance(index, faiss.IndexRefine)
        lists = faiss.extract_index_ivf(index)
        if isinstance(lists, faiss.IndexIVFRaBitQ):
            parameters = faiss.IVFRaBitQSearchParameters(**chosen)
            parameters.qb = lists.qb
        else:
            parameters = faiss.SearchParametersIVF(**chosen)
        if refined:
            parameters = faiss.IndexRefineSearchParameters(
                k_factor=setting["k_factor"], base_index_params=parameters
            )
        return lambda query: index.search(query[None, :], k, params=parameters)[1][0]


def lance_table(database, data, num_partitions, num_sub_vectors):
    """A table of all vectors of a set, with an index."""
    import pyarrow
    from lancedb.index import IvfPq

    step = 10_000

    def batches():
        for start in range(0, len(data.vectors), step):
            part = data.vectors[start : start + step]
            flat = pyarrow.array(part.reshape(-1), pyarrow.float32())
            yield pyarrow.record_batch(
                [
                    pyarrow.array(range(start, start + len(part)), pyarrow.int32()),
                    pyarrow.FixedSizeListArray.from_arrays(flat, data.dimension),
                ],
                names=["item", "vector"],
            )

    schema = pyarrow.schema(
        [
            ("item", pyarrow.int32()),
            ("vector", pyarrow.list_(pyarrow.float32(), data.dimension)),
        ]
    )
    table = database.create_table("vectors", batches(), schema=schema, mode="overwrite")
    table.create_index(
        "vector",
        config=IvfPq(
            distance_type=lance_metric(data),
            num_partitions=num_partitions,
            num_sub_vectors=num_sub_vectors,
        ),
    )
    return table


def lance_metric(data):
    return "l2" if data.metric == "l2" else "cosine"


def lance_search(table, metric, query, k, setting):
    return (
        table.search(query)
        .distance_type(metric)
        .nprobes(int(setting["nprobes"]))
        .refine_factor(int(setting["refine_factor"]))
        .limit(k)
        .select(["item", "_distance"])
        .to_arrow()["item"]
        .to_numpy()
    )


class LanceDb:
    def __init__(self, data, parameters):
        import lancedb

        self.folder = tempfile.mkdtemp(dir=data.work)
        self.metric = lance_metric(data)
        self.table = lance_table(
            lancedb.connect(self.folder),
            data,
            parameters["num_partitions"],
            parameters["num_sub_vectors"],
        )

    def accept(self, items):
        if items is not None:
            raise Unsupported("lancedb is not measured with filters")

    def searcher(self, setting, k):
        table, metric = self.table, self.metric
        return lambda query: lance_search(table, metric, query, k, setting)

    def size(self):
        return sum(
            os.path.getsize(os.path.join(folder, name))
            for folder, _, names in os.walk(self.folder)
            for name in names
        )

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


LIBRARIES = {"hnswlib": Hnswlib, "usearch": USearch, "faiss": Faiss, "lancedb": LanceDb}


class Rivals:
    """Answers requests; each method is one of them."""

    def __init__(self):
        self.data = None
        self.indexes = {}

    def hello(self, request):
        versions = {"python": platform.python_version()}
        missing = []
        for module, package in PACKAGES.items():
            try:
                importlib.import_module(module)
                versions[module] = importlib.metadata.version(package)
            except ImportError:
                missing.append(package)
        # Set by some systems against bugs of old versions; it slows the linear algebra of FAISS.
        if "OPENBLAS_CORETYPE" in os.environ:
            versions["OPENBLAS_CORETYPE"] = os.environ["OPENBLAS_CORETYPE"]
        return {"versions": versions, "missing": missing}

    def load(self, request):
        self.data = Set(request)
        return {}

    def build(self, request):
        start, cpu = time.perf_counter(), time.process_time()
        index = LIBRARIES[request["library"]](self.data, request["parameters"])
        cpu, seconds = time.process_time() - cpu, time.perf_counter() - start
        self.indexes[request["name"]] = index
        return {"cpu_seconds": cpu, "seconds": seconds, "bytes": index.size()}

    def accept(self, request):
        self.indexes[request["name"]].accept(request.get("items"))
        return {}

    def search(self, request):
        search = self.searcher(request)
        queries = [self.data.queries[number] for number in request["queries"]]
        found = []
        start = time.process_time()
        for query in queries:
            found.append(search(query))
        seconds = time.process_time() - start
        items = [[int(item) for item in one if item >= 0] for one in found]
        return {"cpu_seconds": seconds, "items": items}

    def throughput(self, request):
        clients = request["clients"]
        queries = [self.data.queries[number] for number in request["queries"]]
        search = self.searcher(request)

        def client(first):
            for number in range(len(queries)):
                search(queries[(first + number) % len(queries)])

        threads = [
            threading.Thread(target=client, args=(len(queries) * i // clients,))
            for i in range(clients)
        ]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - start
        return {"queries_per_second": clients * len(queries) / seconds}

    def searcher(self, request):
        return self.indexes[request["name"]].searcher(request["setting"], request["k"])

    def store_lance(self, request):
        import lancedb

        database = lancedb.connect(request["uri"], storage_options=request["storage"])
        partitions = max(1, round(len(self.data.vectors) ** 0.5))
        lance_table(database, self.data, partitions, self.data.dimension // 8)
        return {}

    def ask_lance(self, request):
        import lancedb

        query = self.data.queries[request["query"]]
        start = time.perf_counter()
        database = lancedb.connect(request["uri"], storage_options=request["storage"])
        table = database.open_table("vectors")
        found = lance_search(table, lance_metric(self.data), query, 10, request)
        return {"seconds": time.perf_counter() - start, "items": [int(item) for item in found]}

    def close(self, request):
        index = self.indexes.pop(request["name"], None)
        if hasattr(index, "close"):
            index.close()
        return {}


def main():
    rivals = Rivals()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(rivals, request["op"])(request)
            answer["ok"] = True
        except Exception as error:  # The other side decides what a failure means.
            answer = {"ok": False, "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=ANSWERS, flush=True)


if __name__ == "__main__":
    main()
