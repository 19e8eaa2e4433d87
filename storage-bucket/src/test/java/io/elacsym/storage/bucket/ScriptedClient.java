package io.elacsym.storage.bucket;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.PutMode;
import io.elacsym.storage.bucket.client.Body;
import io.elacsym.storage.bucket.client.BucketClient;
import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Refused;
import io.elacsym.storage.bucket.client.Facts;
import io.elacsym.storage.bucket.client.Fetched;
import io.elacsym.storage.bucket.client.Page;
import io.elacsym.storage.bucket.client.PageRequest;
import io.elacsym.storage.bucket.client.SentPart;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client that gives the answers and failures it was told to, in order, and notes each request.
 */
final class ScriptedClient implements BucketClient {
  static final long LARGEST_BODY = 100;

  /** Of an answer that has nothing in it. */
  static final String DONE = "done";

  private final Script script;
  private final Duration time;

  /** What is common to the clients of all times. */
  private record Script(
      Queue<Object> answers, List<String> requests, List<Duration> times, AtomicBoolean closed) {}

  private ScriptedClient(Script script, Duration time) {
    this.script = script;
    this.time = time;
  }

  /** Answers and {@link CallFailure}s; the look into the bucket is answered besides. */
  static ScriptedClient saying(Object... answers) {
    return new ScriptedClient(
        new Script(
            new ConcurrentLinkedQueue<>(List.of(answers)),
            new CopyOnWriteArrayList<>(),
            new CopyOnWriteArrayList<>(),
            new AtomicBoolean()),
        Duration.ZERO);
  }

  /** A page of a listing. */
  static Page page(List<String> keys, List<String> folders, String next) {
    return new Page(
        keys.stream().map(key -> new Page.Entry(key, facts(3))).toList(),
        folders,
        Optional.of(next).filter(token -> !token.isEmpty()));
  }

  static Facts facts(long size) {
    return new Facts(size, "v", Instant.EPOCH);
  }

  static Refused refused(int status, String code) {
    return new Refused(status, code, "as told", Optional.empty());
  }

  /** Method and arguments of each request so far. */
  List<String> requests() {
    return script.requests();
  }

  /** How long each request so far could take. */
  List<Duration> times() {
    return script.times();
  }

  boolean isClosed() {
    return script.closed().get();
  }

  private <T> T answer(Class<T> type, String request) throws CallFailure {
    script.requests().add(request);
    script.times().add(time);
    Object answer = script.answers().poll();
    if (answer instanceof CallFailure failure) {
      throw failure;
    }
    if (answer == null) {
      throw new AssertionError("one request too many: " + request);
    }
    return type.cast(answer);
  }

  @Override
  public long largestBody() {
    return LARGEST_BODY;
  }

  @Override
  public BucketClient within(Duration newTime) {
    return new ScriptedClient(script, newTime);
  }

  @Override
  public Fetched get(String key, ByteRange range, Optional<String> unlessTag) throws CallFailure {
    return answer(Fetched.class, "get " + key);
  }

  @Override
  public Facts head(String key) throws CallFailure {
    return answer(Facts.class, "head " + key);
  }

  @Override
  public Optional<String> put(String key, Body body, PutMode mode) throws CallFailure {
    try (InputStream bytes = body.stream()) { // as a client that streams, anew for each try
      bytes.readAllBytes();
    } catch (IOException e) {
      throw new CallFailure.Broken(true, e);
    }
    return tag(answer(String.class, "put " + key));
  }

  private static Optional<String> tag(String answer) {
    return Optional.of(answer).filter(text -> !text.equals(DONE));
  }

  @Override
  public String createUpload(String key) throws CallFailure {
    return answer(String.class, "create " + key);
  }

  @Override
  public SentPart sendPart(String key, String upload, int number, Body body) throws CallFailure {
    return answer(SentPart.class, "part of " + body.length());
  }

  @Override
  public Optional<String> completeUpload(String key, String upload, List<SentPart> parts)
      throws CallFailure {
    return tag(answer(String.class, "complete " + parts.size()));
  }

  @Override
  public void abortUpload(String key, String upload) throws CallFailure {
    answer(String.class, "abort " + upload);
  }

  @Override
  public Page list(PageRequest request) throws CallFailure {
    return answer(
        Page.class,
        (request.folders() ? "folders " : "list ")
            + request.prefix()
            + " "
            + switch (request.start()) {
              case PageRequest.Start.AfterKey(String key) -> "after '" + key + "'";
              case PageRequest.Start.Continued(String token) -> "from " + token;
            }
            + " limit "
            + request.limit());
  }

  @Override
  public void delete(String key) throws CallFailure {
    answer(String.class, "delete " + key);
  }

  @Override
  @SuppressWarnings("unchecked") // the script's own
  public List<Refused> delete(List<String> keys) throws CallFailure {
    return answer(List.class, "delete " + keys);
  }

  @Override
  public void deleteBefore(String key, Instant deadline) throws CallFailure {
    answer(String.class, "delete " + key + " before");
  }

  @Override
  public void close() {
    script.closed().set(true);
  }
}
