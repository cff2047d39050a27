// Keeps a second process off a data file, for as long as this object or this process lives.
#pragma once
#include <string>

namespace bursary::db {

class FileLock {
 public:
  // Makes `path` when it is not there. Throws DatabaseBroken, naming the holder's process id, when it is taken.
  explicit FileLock(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace bursary::db
