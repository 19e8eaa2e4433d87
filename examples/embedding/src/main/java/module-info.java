/** A program with a database inside. */
module com.example.embedding {
  requires io.elacsym.engine;
}
