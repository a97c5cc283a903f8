"""The queue: one export at a time, in the order in which they were asked for."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from desktop.export.jobs import FINISHED, ExportRequest, Job, JobProgress, JobState
from desktop.export.worker import ExportWorker


class ExportQueue(QObject):
    """Owned by the UI thread.

    Attributes:
        jobs_changed: jobs were added or removed.
        progressed: a `Job` whose progress is another.
        finished: a `Job` that has ended.
    """

    jobs_changed = Signal()
    progressed = Signal(object)
    finished = Signal(object)
    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._worker: ExportWorker | None = None
        self._running: Job | None = None
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs, the first one asked for first."""
        return tuple(self._jobs)

    @property
    def is_busy(self) -> bool:
        """Whether a job runs or waits."""
        return any(job.progress.state not in FINISHED for job in self._jobs)

    def add(self, request: ExportRequest) -> Job:
        """Put an export at the end of the queue."""
        job = Job(request)
        self._jobs.append(job)
        self.jobs_changed.emit()
        self._go_on()
        return job

    def pause(self, job: Job) -> None:
        """Hold the running job."""
        if job is self._running and self._worker is not None:
            self._worker.pause()
            self._show(job, JobProgress(JobState.PAUSED, *_counts(job)))

    def resume(self, job: Job) -> None:
        """Let a held job go on."""
        if job is self._running and self._worker is not None:
            self._worker.resume()
            self._show(job, JobProgress(JobState.RUNNING, *_counts(job)))

    def cancel(self, job: Job) -> None:
        """Stop a job that runs, or forget one that waits; neither leaves a file."""
        if job is self._running and self._worker is not None:
            self._worker.cancel()
        elif job.progress.state is JobState.WAITING:
            self._show(job, JobProgress(JobState.CANCELLED))
            self.finished.emit(job)

    def retry(self, job: Job) -> Job:
        """Ask again for what failed or was cancelled; its line gives way to the new one's."""
        self._jobs.remove(job)
        return self.add(job.request)

    def clear_finished(self) -> None:
        """Forget the jobs that have ended."""
        self._jobs = [job for job in self._jobs if job.progress.state not in FINISHED]
        self.jobs_changed.emit()

    def close(self) -> None:
        """Cancel everything and wait for the thread."""
        for job in self._jobs:
            if job.progress.state is JobState.WAITING:
                job.progress = JobProgress(JobState.CANCELLED)
        self._told.disconnect(self._take)
        if self._worker is not None:
            self._worker.cancel()
            self._worker.join()
            self._worker = self._running = None

    def _go_on(self) -> None:
        if self._running is not None:
            return
        job = next((job for job in self._jobs if job.progress.state is JobState.WAITING), None)
        if job is None:
            return
        self._running = job
        self._worker = ExportWorker(job.request, partial(self._told.emit, job))
        self._worker.start()

    def _take(self, job: Job, progress: JobProgress) -> None:
        self._show(job, progress)
        if progress.state in FINISHED and job is self._running:
            assert self._worker is not None
            self._worker.join()
            self._worker = self._running = None
            self.finished.emit(job)
            self._go_on()

    def _show(self, job: Job, progress: JobProgress) -> None:
        job.progress = progress
        self.progressed.emit(job)


def _counts(job: Job) -> tuple[int, int | None, float]:
    return job.progress.frames, job.progress.total, job.progress.seconds
