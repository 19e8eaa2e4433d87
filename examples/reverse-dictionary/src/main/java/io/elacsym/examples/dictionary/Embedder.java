package io.elacsym.examples.dictionary;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;

/**
 * The sentence model all-MiniLM-L6-v2 with 8-bit weights, run in this process.
 *
 * <p>A text always gets the same vector: texts are run one by one, since a shared batch would
 * change the scale to which the activations are rounded. Calls from many threads run side by side.
 */
final class Embedder {

  static final String MODEL = "all-minilm-l6-v2-q";
  static final int DIMENSIONS = 384;

  private final SingleThreadedModel model;

  Embedder() {
    this.model = new SingleThreadedModel(loadModel());
  }

  /** The vector of {@code text}: {@link #DIMENSIONS} long, of length one. */
  float[] embed(String text) {
    return model.embed(text).content().vector();
  }

  private static OnnxBertBiEncoder loadModel() {
    try (InputStream weights = resource("/" + MODEL + ".onnx");
        InputStream tokenizer = resource("/" + MODEL + "-tokenizer.json");
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // These texts are too short to share between threads: many texts at a time, each on one
      // thread, keeps every core busy without any waiting for the others.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession session = environment.createSession(weights.readAllBytes(), options);
      return new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN);
    } catch (IOException | OrtException e) {
      throw new IllegalStateException("the embedding model " + MODEL + " cannot be loaded", e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream stream = AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IOException(name + " is not on the class path");
    }
    return stream;
  }

  /** The library's model class with a session of our own settings. */
  private static final class SingleThreadedModel extends AbstractInProcessEmbeddingModel {

    private final OnnxBertBiEncoder encoder;

    SingleThreadedModel(OnnxBertBiEncoder encoder) {
      super(Runnable::run);
      this.encoder = encoder;
    }

    @Override
    protected OnnxBertBiEncoder model() {
      return encoder;
    }

    @Override
    protected Integer knownDimension() {
      return DIMENSIONS;
    }
  }
}
