#include "report/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>

namespace duluan::report {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const noexcept { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

Error internal(const char* what) {
  return {ErrorCode::kInternal, std::string(what) + ": " + std::strerror(errno), "", ""};
}

bool write_whole(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::lseek(fd, 0, SEEK_SET) == 0;
}

// A child that is stopped and waited for, whatever happens here.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  ~Child() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    (void)wait();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  void limit(const ProcessLimits& limits) const {
    const rlimit memory{limits.memory, limits.memory};
    const auto seconds = static_cast<rlim_t>(limits.seconds);
    const rlimit time{seconds, seconds};
    const rlimit files{0, 0};
    ::prlimit(id_, RLIMIT_AS, &memory, nullptr);
    ::prlimit(id_, RLIMIT_CPU, &time, nullptr);
    ::prlimit(id_, RLIMIT_FSIZE, &files, nullptr);
  }
  int wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) continue;
    id_ = 0;
    return status;
  }

 private:
  pid_t id_;
};

Result<pid_t> spawn(const std::vector<std::string>& command, int input, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<char*> arguments;
  for (const std::string& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
  arguments.push_back(nullptr);
  const char* const path = std::getenv("PATH");
  std::string found_in = std::string("PATH=") + (path == nullptr ? "/usr/bin:/bin" : path);
  std::string locale = "LC_ALL=C.UTF-8";
  std::array<char*, 3> environment{found_in.data(), locale.data(), nullptr};
  pid_t id = 0;
  const int fault = posix_spawnp(&id, arguments[0], &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (fault == ENOENT || fault == EACCES)
    return Error{ErrorCode::kNotFound, "the program " + command[0] + " is not installed", "", ""};
  errno = fault;
  if (fault != 0) return internal("cannot start a program");
  return id;
}

// What comes through the pipe until its end.
Result<std::string> read_pipe(int pipe, const ProcessLimits& limits) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(limits.seconds);
  std::string output;
  std::array<char, 1U << 16> block{};
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd ready{pipe, POLLIN, 0};
    const int polled = left <= 0 ? 0 : ::poll(&ready, 1, static_cast<int>(left));
    if (polled < 0 && errno == EINTR) continue;
    if (polled <= 0)
      return Error{ErrorCode::kTooLarge, "it takes longer than " + std::to_string(limits.seconds) + " seconds", "", ""};
    const ssize_t got = ::read(pipe, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return internal("cannot read");
    if (got == 0) return output;
    output.append(block.data(), static_cast<std::size_t>(got));
    if (output.size() > limits.output)
      return Error{ErrorCode::kTooLarge, "its text is larger than " + std::to_string(limits.output >> 20) + " MB", "",
                   ""};
  }
}

}  // namespace

Result<std::string> run_process(const std::vector<std::string>& command, std::string_view input,
                                const ProcessLimits& limits) {
  const Descriptor memory(::memfd_create("duluan", MFD_CLOEXEC));
  if (memory.get() < 0 || !write_whole(memory.get(), input)) return internal("cannot pass the document on");
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return internal("cannot make a pipe");
  const Descriptor from(ends[0]);
  Descriptor to(ends[1]);
  const auto id = spawn(command, memory.get(), to.get());
  if (!id) return id.error();
  Child child(*id);
  child.limit(limits);
  to.close();
  auto output = read_pipe(from.get(), limits);
  if (!output) return output;
  const int status = child.wait();
  if (WIFSIGNALED(status))
    return Error{ErrorCode::kTooLarge, command[0] + " was stopped at a limit or crashed", "", ""};
  if (WEXITSTATUS(status) != 0)
    return Error{ErrorCode::kMalformed,
                 command[0] + " cannot read it (exit code " + std::to_string(WEXITSTATUS(status)) + ")", "", ""};
  return output;
}

}  // namespace duluan::report
