// Runs the program as a user would, and keeps what it wrote.
#pragma once

#include <filesystem>
#include <string>

/// What a command gave back.
struct Outcome {
  int exit = -1;
  std::string out;       ///< standard output
  std::string err;       ///< standard error
  long peak_memory = 0;  ///< bytes, of the largest process
};

/// Runs a shell line in `folder`, where its output is kept for a moment.
Outcome run_in(const std::filesystem::path& folder, const std::string& line);

/// Runs `duluan ARGUMENTS` (a shell line) in `folder`.
Outcome duluan(const std::string& arguments, const std::filesystem::path& folder);

/// Runs `duluan ARGUMENTS` in a fresh folder that holds one file.
Outcome duluan_on(const std::string& file, const std::string& content, const std::string& arguments);

/// A folder of its own, gone at the end.
class Workplace {
 public:
  explicit Workplace(const std::string& name);
  ~Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  void write(const std::string& name, const std::string& content) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};
