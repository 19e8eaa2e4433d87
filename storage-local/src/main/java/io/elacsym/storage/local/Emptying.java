package io.elacsym.storage.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Deletes all that is in a folder, but not the folder. Links are deleted, not followed. */
final class Emptying extends SimpleFileVisitor<Path> {
  private final Path top;

  Emptying(Path top) {
    this.top = top;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Files.delete(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
      throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (!folder.equals(top)) {
      Files.delete(folder);
    }
    return FileVisitResult.CONTINUE;
  }
}
