#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "program.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Workplace::Workplace(const std::string& name)
    : path_(std::filesystem::temp_directory_path() / ("duluan-e2e-" + name + "-" + std::to_string(::getpid()))) {
  std::filesystem::remove_all(path_);
  std::filesystem::create_directories(path_);
}

Workplace::~Workplace() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void Workplace::write(const std::string& name, const std::string& text) const {
  std::filesystem::create_directories((path_ / name).parent_path());
  std::ofstream(path_ / name, std::ios::binary) << text;
}

std::string Workplace::read(const std::string& name) const { return content(path_ / name); }

Outcome run_in(const std::filesystem::path& folder, const std::string& line) {
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string whole = "cd '" + folder.string() + "' && exec >.out 2>.err && " + line;
    ::execl("/bin/sh", "sh", "-c", whole.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child) return {};
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content(folder / ".out"), content(folder / ".err"),
          usage.ru_maxrss * 1024};
}

Outcome duluan(const std::string& arguments, const std::filesystem::path& folder) {
  return run_in(folder, DULUAN_PROGRAM " " + arguments);
}

Outcome duluan_on(const std::string& file, const std::string& content, const std::string& arguments) {
  const Workplace work("one");
  work.write(file, content);
  return duluan(arguments, work.path());
}
