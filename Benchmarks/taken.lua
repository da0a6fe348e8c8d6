-- For scripts of wrk that send forms: `number` of this thread's form, and how many were taken. `wrk` looks for it in the folder it is started from.
local threads = {}

function setup(thread)
    table.insert(threads, thread)
    thread:set("id", #threads)
end

function begin()
    number, taken, refused = 0, 0, 0
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.headers["Sec-Fetch-Site"] = "same-origin"
end

-- 303 leads to the page that says so; anything else was not taken.
function response(status)
    if status == 303 then taken = taken + 1 else refused = refused + 1 end
end

function done(summary)
    local all, none = 0, 0
    for _, thread in ipairs(threads) do
        all = all + thread:get("taken")
        none = none + thread:get("refused")
    end
    print(string.format("taken %d refused %d microseconds %d", all, none, summary.duration))
end
