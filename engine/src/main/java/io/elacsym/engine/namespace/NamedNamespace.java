package io.elacsym.engine.namespace;

import io.elacsym.api.index.TextToken;
import io.elacsym.engine.model.AnalyzeRequest;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespaceStats;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.ReindexRequest;
import io.elacsym.engine.model.ReindexStatus;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SchemaChange;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.model.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A namespace by its name alone: each call goes to the life that has the name at that moment. */
record NamedNamespace(OpenNamespaces open, String name) implements Namespace {

  private <T> T call(Function<OpenNamespace, T> action) {
    return open.onOpen(name, action);
  }

  private void run(Consumer<OpenNamespace> action) {
    call(open -> {
      action.accept(open);
      return true;
    });
  }

  @Override
  public Schema schema() {
    return call(OpenNamespace::schema);
  }

  @Override
  public NamespaceStats stats() {
    return call(OpenNamespace::stats);
  }

  @Override
  public WriteResult write(WriteRequest request) {
    return call(open -> open.write(request));
  }

  @Override
  public List<QueryResult> query(List<QueryRequest> requests) {
    return call(open -> open.query(requests));
  }

  @Override
  public List<TextToken> analyze(AnalyzeRequest request) {
    return call(open -> open.analyze(request));
  }

  @Override
  public Optional<Document> get(DocId id, Projection projection) {
    return call(open -> open.get(id, projection));
  }

  @Override
  public ScanPage scan(ScanRequest request) {
    return call(open -> open.scan(request));
  }

  @Override
  public Schema changeSchema(SchemaChange change) {
    return call(open -> open.changeSchema(change));
  }

  @Override
  public void flush() {
    run(OpenNamespace::flush);
  }

  @Override
  public void compact() {
    run(OpenNamespace::compact);
  }

  @Override
  public ReindexStatus reindex(ReindexRequest request) {
    return call(open -> open.reindex(request));
  }

  @Override
  public Optional<ReindexStatus> reindexStatus() {
    return call(OpenNamespace::reindexStatus);
  }

  @Override
  public Optional<ReindexStatus> cancelReindex() {
    return call(OpenNamespace::cancelReindex);
  }

  @Override
  public long warm() {
    return call(OpenNamespace::warm);
  }
}
