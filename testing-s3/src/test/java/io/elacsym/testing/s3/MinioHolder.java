package io.elacsym.testing.s3;

/** Starts a MinIO, says which, and waits to be killed. */
final class MinioHolder {
  private MinioHolder() {}

  public static void main(String[] args) throws Exception {
    MinioBinary server = MinioBinary.start().orElseThrow();
    System.out.println(server.pid());
    System.out.println(server.log());
    Thread.currentThread().join();
  }
}
