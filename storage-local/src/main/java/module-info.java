/**
 * Storage plugin {@code local}: one folder of the local file system, for one process at a time.
 *
 * <p><b>Layout.</b> The object {@code a/b} is the file {@code a/b} below the root, so the folder
 * can be backed up with any tool. Two names in the root are ours and cannot be objects: {@code
 * .elacsym.lock} (who serves the folder) and {@code .tmp} (files that are being written; emptied
 * when the folder is opened). Names that a file system cannot have are stored as well, with marks
 * that no object's name can have: when {@code a} is an object and {@code a/b} is one too, the
 * second is below {@code a~}; a part longer than 200 characters is cut, and its pieces but the last
 * end in {@code +}.
 *
 * <p><b>Durability.</b> A put writes and fsyncs a file in {@code .tmp}, renames it into place and
 * fsyncs the folder, and every folder above it that may be new. There is no switch to turn that
 * off.
 *
 * <p><b>Tags.</b> An object's tag is its modification time in nanoseconds and its size. The
 * modification time is set by us, before the file is fsynced, and is later than every time this
 * process has set before and later than that of the object replaced: so it is a number that
 * survives restarts, costs no read and needs no second file. At open we prove that the file system
 * keeps such times.
 *
 * <p><b>Permissions.</b> Files and folders are made for their owner only. Links in the place of the
 * lock file or of {@code .tmp} are refused.
 *
 * <p><b>The root is known again.</b> Before anything is written or deleted, and before something is
 * called absent, the lock file must be the one that was locked at open: a volume that was unmounted
 * leaves an empty folder behind, in which everything seems to be gone.
 *
 * <p><b>Limits.</b> A file system that ignores upper and lower case, or keeps times less exactly
 * than 1 ms, is refused at open. On Windows folders cannot be fsynced; there a rename is as durable
 * as NTFS makes it.
 */
module io.elacsym.storage.local {
  requires io.elacsym.api;

  provides io.elacsym.api.storage.StorageProvider with
      io.elacsym.storage.local.LocalStorageProvider;
}
