package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.TextToken;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.server.helidon.json.AnalyzeJson;
import io.elacsym.server.helidon.json.AnswerJson;
import io.elacsym.server.helidon.json.DeleteJson;
import io.elacsym.server.helidon.json.DocumentJson;
import io.elacsym.server.helidon.json.IdJson;
import io.elacsym.server.helidon.json.Json;
import io.elacsym.server.helidon.json.PatchJson;
import io.elacsym.server.helidon.json.QueryJson;
import io.elacsym.server.helidon.json.ScanJson;
import io.elacsym.server.helidon.json.UpsertJson;
import io.elacsym.server.helidon.json.WriteAnswerJson;
import io.elacsym.server.helidon.json.WriteAnswerJson.Deed;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is done with the documents of a namespace. */
final class DocumentEndpoints {
  /** A whole number as JSON writes it: ASCII digits, and no zero before the first other one. */
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,19}");

  private final Engine engine;
  private final ServerMetrics metrics;

  DocumentEndpoints(Engine engine, ServerMetrics metrics) {
    this.engine = engine;
    this.metrics = metrics;
  }

  private Namespace namespace(Call call) {
    return engine.namespace(call.parameter("ns"));
  }

  Work upsert(Call call) throws IOException {
    return write(call, Deed.UPSERTED, UpsertJson::read);
  }

  Work patch(Call call) throws IOException {
    return write(call, Deed.PATCHED, PatchJson::read);
  }

  Work delete(Call call) throws IOException {
    return write(call, Deed.DELETED, DeleteJson::read);
  }

  private interface Reading {
    WriteRequest of(InputStream body) throws IOException;
  }

  private Work write(Call call, Deed deed, Reading reading) throws IOException {
    Namespace namespace = namespace(call);
    WriteRequest request = reading.of(call.body());
    return new Work.Changing(() -> {
      WriteResult result = write(namespace, request);
      Json.Writing answer = out -> WriteAnswerJson.write(deed, request, result, out);
      // What has been done is not refused any more, however little room there is for the ids.
      return request.returnsIds() ? Reply.streamed(answer) : Reply.ok(answer);
    });
  }

  private WriteResult write(Namespace namespace, WriteRequest request) {
    if (request.operations().isEmpty()) {
      return WriteResult.NOTHING;
    }
    WriteResult result = namespace.write(request);
    metrics.wrote(result.upserted().count() + result.patched().count(), result.deleted().count());
    return result;
  }

  Work query(Call call) throws IOException {
    byte[] body = call.body().readAllBytes();
    return new Work.Reading(() -> queried(call, QueryJson.read(body)));
  }

  private Reply queried(Call call, QueryJson asked) {
    List<QueryResult> results = engine.query(call.parameter("ns"), asked.requests());
    metrics.queried(System.nanoTime() - call.start());
    long took = call.tookMillis();
    return Reply.streamed(out -> {
      out.writeStartObject();
      if (asked.many()) {
        out.writeArrayFieldStart("answers");
        for (int i = 0; i < results.size(); i++) {
          out.writeStartObject();
          AnswerJson.write(results.get(i), asked, i, out);
          out.writeEndObject();
        }
        out.writeEndArray();
      } else {
        AnswerJson.write(results.getFirst(), asked, 0, out);
      }
      out.writeNumberField("took_ms", took);
      out.writeEndObject();
    });
  }

  Work analyze(Call call) throws IOException {
    byte[] body = call.body().readAllBytes();
    return new Work.Reading(() -> {
      List<TextToken> tokens = namespace(call).analyze(AnalyzeJson.read(body));
      return Reply.streamed(out -> {
        out.writeStartObject();
        out.writeFieldName("tokens");
        AnalyzeJson.write(tokens, out);
        out.writeEndObject();
      });
    });
  }

  Work scan(Call call) throws IOException {
    byte[] body = call.body().readAllBytes();
    return new Work.Reading(() -> scanned(namespace(call), body));
  }

  private static Reply scanned(Namespace namespace, byte[] body) {
    ScanPage page = namespace.scan(ScanJson.read(body));
    return Reply.streamed(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("documents");
      for (Document document : page.documents()) {
        out.writeStartObject();
        DocumentJson.writeAll(document, out);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeFieldName("next");
      if (page.next().isPresent()) {
        IdJson.write(page.next().get(), out);
      } else {
        out.writeNull();
      }
      out.writeEndObject();
    });
  }

  Work get(Call call) {
    String text = call.parameter("id");
    return new Work.Reading(() -> read(namespace(call), text));
  }

  private static Reply read(Namespace namespace, String text) {
    Document document =
        find(namespace, text)
            .orElseThrow(() ->
                ElacsymException.notFound(
                    "namespace '"
                        + namespace.name()
                        + "' has no document '"
                        + Strings.shown(text)
                        + "'"));
    return Reply.streamed(out -> {
      out.writeStartObject();
      DocumentJson.writeAll(document, out);
      out.writeEndObject();
    });
  }

  /** A path does not tell a number from a string of digits: the number is looked for first. */
  private static Optional<Document> find(Namespace namespace, String text) {
    Optional<DocId> number = unsigned(text);
    Optional<Document> found = number.flatMap(id -> namespace.get(id, Projection.ALL));
    return found.isPresent() ? found : namespace.get(DocId.of(text), Projection.ALL);
  }

  private static Optional<DocId> unsigned(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(DocId.of(Long.parseUnsignedLong(text)));
    } catch (NumberFormatException e) {
      // More than 64 bits: no number that an id can be.
      return Optional.empty();
    }
  }
}
