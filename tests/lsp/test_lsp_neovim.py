"""A real Neovim, started with the lines that docs/text-editors.md says to paste: open, see, mend, undo, silence, quit, be killed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import pytest
from components import program
from doors import PROGRAM

from tests.docs import ROOT
from tests.docs.reading import blocks

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the editor is started through a shell script")
DRAFT = "# Post\n\nWe recieve the post.\n\nCritics say \U0001f600 the plan failed, and we recieve more.\n"
SCRIPT = r"""
local report = {}

local function wait(what, holds)
  if not vim.wait(60000, holds, 20) then
    report.late = what
    vim.fn.writefile({ vim.json.encode(report) }, vim.env.REPORT)
    vim.cmd("cquit")
  end
end

local function shown()
  local rows = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    table.insert(rows, { d.code, d.lnum, d.col, d.end_col, d.severity })
  end
  table.sort(rows, function(a, b) return a[2] < b[2] or (a[2] == b[2] and a[3] < b[3]) end)
  return rows
end

local function choose(wanted)
  vim.ui.select = function(items, options, on_choice)
    for number, item in ipairs(items) do
      if options.format_item(item):find(wanted, 1, true) == 1 then return on_choice(item, number) end
    end
  end
  vim.lsp.buf.code_action()
end

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") end

wait("findings", function() return #shown() == 3 end)
report.opened = shown()
vim.fn.writefile({ vim.json.encode(report) }, vim.env.REPORT)
if vim.env.STAY then vim.wait(60000, function() return false end) end

vim.api.nvim_win_set_cursor(0, { 5, 43 })
choose("Replace by")
wait("the fix", function() return text():find("we receive more", 1, true) end)
report.mended = text()
wait("fewer findings", function() return #shown() == 2 end)
vim.cmd("undo")
report.undone = text()
wait("the findings again", function() return #shown() == 3 end)
report.again = shown()

vim.api.nvim_win_set_cursor(0, { 3, 4 })
choose("Silence Grammar.Misspelling here")
wait("the directive", function() return text():find("edlint-disable-next-line Grammar.Misspelling: say why", 1, true) end)
wait("silence", function() return #shown() == 2 end)
report.silenced = text()

local place = vim.lsp.util.make_position_params(0, "utf-16")
place.position = { line = 5, character = 1 }
local answers = vim.lsp.buf_request_sync(0, "textDocument/hover", place, 30000)
for _, answer in pairs(answers) do report.hover = answer.result.contents.value end
vim.fn.writefile({ vim.json.encode(report) }, vim.env.REPORT)
vim.cmd("qall!")
"""


class Desk(NamedTuple):
    """A folder with a draft, and how to start Neovim on it."""

    folder: Path
    command: list[str]
    env: dict[str, str]

    @property
    def report(self) -> Any:
        """What the script saw."""
        return json.loads((self.folder / "report.json").read_text("utf-8"))

    @property
    def server(self) -> int:
        """The number of the process of the server."""
        return int((self.folder / "server").read_text("utf-8"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    neovim = program("neovim", "nvim")
    found = re.match(r"NVIM v(\d+)\.(\d+)", subprocess.run([neovim, "--version"], capture_output=True, text=True).stdout)
    assert found
    newer, older = (block.text for block in blocks(ROOT / "docs" / "text-editors.md", "lua"))
    (tmp_path / "init.lua").write_text(newer if (int(found[1]), int(found[2])) >= (0, 11) else older, "utf-8")
    (tmp_path / "script.lua").write_text(SCRIPT, "utf-8")
    (tmp_path / ".edlint.yml").write_text("extends: [Claims, Grammar]\n", "utf-8")
    (tmp_path / "draft.md").write_text(DRAFT, "utf-8")
    shell = tmp_path / "bin" / "edlint"
    shell.parent.mkdir()
    shell.write_text(f'#!/bin/sh\necho $$ >"{tmp_path}/server"\nexec {PROGRAM[0]} {PROGRAM[1]} "{PROGRAM[2]}" "$@"\n', "utf-8")
    shell.chmod(0o755)
    home = {name: str(tmp_path / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")}
    (tmp_path / "home").mkdir(0o700)
    env = {**os.environ, **home, "PATH": f"{shell.parent}:{os.environ['PATH']}", "REPORT": str(tmp_path / "report.json")}
    command = [neovim, "--headless", "--clean", "-n", "-u", "init.lua", "draft.md", "-c", "luafile script.lua"]
    return Desk(tmp_path, command, env)


def gone(*processes: psutil.Process) -> bool:
    return not psutil.wait_procs(processes, timeout=30)[1]


def test_open_see_mend_undo_silence(desk: Desk) -> None:
    done = subprocess.run(desk.command, cwd=desk.folder, env=desk.env, capture_output=True, text=True, timeout=300)
    report = desk.report
    assert "late" not in report, (report, done.stderr)
    slip, vague, other = report["opened"]
    assert [slip[:3], vague[:3]] == [["Grammar.Misspelling", 2, 3], ["Claims.VagueSource", 4, 0]]
    assert (other[0], DRAFT.splitlines()[4].encode()[other[2] : other[3]]) == ("Grammar.Misspelling", b"recieve")
    assert [slip[4], vague[4]] == [2, 2]
    assert report["mended"] == DRAFT.rstrip("\n").replace("we recieve", "we receive")
    assert report["undone"] == DRAFT.rstrip("\n") and report["again"] == report["opened"]
    assert report["silenced"].splitlines()[2] == "<!-- edlint-disable-next-line Grammar.Misspelling: say why -->"
    assert "Instead:" in report["hover"] and "What counted:" in report["hover"]
    assert not psutil.pid_exists(desk.server) or gone(psutil.Process(desk.server))
    assert (desk.folder / "draft.md").read_text("utf-8") == DRAFT


def test_nothing_is_left_when_neovim_is_killed(desk: Desk) -> None:
    editor = subprocess.Popen(
        desk.command, cwd=desk.folder, env={**desk.env, "STAY": "1"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 120
    while not (desk.folder / "report.json").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    server = psutil.Process(desk.server)
    family = [server, *server.children(recursive=True)]
    editor.kill()
    editor.wait()
    assert gone(*family)
