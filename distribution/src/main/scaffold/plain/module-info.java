/** The %kind% {@code %name%} for Elacsym. */
module %package% {
  requires io.elacsym.api;

  provides %spi% with
      %package%.%provider%;
}
